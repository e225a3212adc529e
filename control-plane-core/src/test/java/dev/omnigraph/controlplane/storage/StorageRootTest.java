package dev.omnigraph.controlplane.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.omnigraph.controlplane.graph.GraphRoot;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Storage roots as control-plane.md 2.7 spells them, with improvement I17: any absolute path, no relative one. */
class StorageRootTest {

    private static final ObjectKey LEDGER = new ObjectKey("__cluster/state.json");

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "/srv/cluster,            /srv/cluster,            file:///srv/cluster",
        "/srv//cluster/./a/../b,  /srv/cluster/a/../b,     file:///srv/cluster/a/../b",
        "/./srv/.,                /srv,                    file:///srv",
        "file:///srv/cluster,     /srv/cluster,            file:///srv/cluster",
        "/srv/50%25 off#1?x=y,    /srv/50%25 off#1?x=y,    file:///srv/50%25 off#1?x=y",
        "s3://golden,             s3://golden,             s3://golden",
        "s3://golden/first-run,   s3://golden/first-run,   s3://golden/first-run",
        "s3://golden//a/./b,      s3://golden//a/./b,      s3://golden//a/./b"
    })
    void aDeclarationIsSpelledInTwoForms(String declaration, String display, String uri) {
        StorageRoot root = StorageRoot.parse(declaration);

        assertThat(root.display()).isEqualTo(display);
        assertThat(root.uri()).isEqualTo(uri);
        assertThat(root.display(LEDGER)).isEqualTo(display + "/__cluster/state.json");
        assertThat(root.uri(LEDGER)).isEqualTo(uri + "/__cluster/state.json");
        assertThat(root.display(ObjectKey.ROOT)).isEqualTo(display);
        assertThat(root.graphRoot("people")).isEqualTo(new GraphRoot(display + "/graphs/people.omni"));
    }

    @Test
    void aBucketIsToldFromItsPrefix() {
        assertThat(StorageRoot.parse("s3://golden/a/b")).isEqualTo(new StorageRoot.Bucket("golden", "a/b"));
        assertThat(StorageRoot.parse("s3://golden")).isEqualTo(new StorageRoot.Bucket("golden", ""));
    }

    @Test
    void foldersSpelledDifferentlyAreEqual() {
        assertThat(StorageRoot.parse("/srv/./cluster")).isEqualTo(new StorageRoot.Folder(Path.of("/srv/cluster")));
    }

    @Test
    void theRootOfTheFileSystemKeepsItsSlashOnce() {
        StorageRoot root = new StorageRoot.Folder(Path.of("/"));

        assertThat(root.display()).isEqualTo("/");
        assertThat(root.display(LEDGER)).isEqualTo("/__cluster/state.json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "cluster", "./cluster", "file://cluster", "gs://bucket", "s3://", "s3:///prefix"})
    void aRelativeOrNamelessPlaceIsRefused(String declaration) {
        assertThatThrownBy(() -> StorageRoot.parse(declaration)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "../a", "a\0"})
    void whatIsNoIdHasNoGraphRoot(String id) {
        StorageRoot root = StorageRoot.parse("/srv/cluster");

        assertThatThrownBy(() -> root.graphRoot(id)).isInstanceOf(IllegalArgumentException.class);
    }
}
