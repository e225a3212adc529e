package dev.omnigraph.controlplane.app.command;

import dev.omnigraph.controlplane.config.BundleConfigSource;
import dev.omnigraph.controlplane.config.CapturedConfigSource;
import dev.omnigraph.controlplane.config.CheckedSources;
import dev.omnigraph.controlplane.config.ClusterConfigLoader;
import dev.omnigraph.controlplane.config.ConfigLoad;
import dev.omnigraph.controlplane.config.FileContent;
import dev.omnigraph.controlplane.config.FolderConfigSource;
import dev.omnigraph.controlplane.config.HeaderLoad;
import dev.omnigraph.controlplane.config.LoadOptions;
import dev.omnigraph.controlplane.config.LooseFiles;
import java.nio.file.Path;
import java.util.Map;

/**
 * The configuration the service was started with, read anew for each request: what is edited counts at once, and what is
 * not is not parsed again.
 */
public final class ConfigurationFolder {

    private static final String BUNDLE_ROOT = ".";

    private final Path folder;
    private final LoadOptions options;
    private final CheckedSources checked = new CheckedSources();

    public ConfigurationFolder(Path folder, LoadOptions options) {
        this.folder = folder;
        this.options = options;
    }

    /** Everything, with the content of every source it names. */
    public ConfigLoad load() {
        return ClusterConfigLoader.load(new FolderConfigSource(folder), options, checked);
    }

    /** What it says of the cluster itself. */
    public HeaderLoad header() {
        return ClusterConfigLoader.loadHeader(new FolderConfigSource(folder), options);
    }

    /** Files that came with a request, without a configuration that names them; there is no objection to them. */
    public LooseFiles.Outcome check(Map<String, FileContent> files) {
        return LooseFiles.check(files, checked);
    }

    /** A configuration that came with a request in place of the folder; it never reaches beyond itself. */
    public ConfigLoad load(Map<String, FileContent> files) {
        return load(BUNDLE_ROOT, files);
    }

    /** A stored configuration; it never reaches beyond itself either. */
    ConfigLoad load(String name, Map<String, FileContent> files) {
        return ClusterConfigLoader.load(new BundleConfigSource(name, files), LoadOptions.CONFINED, checked);
    }

    /** The folder as it was read. */
    record Captured(ConfigLoad load, Map<String, FileContent> files) {}

    /** Everything, with the files that were read for it. */
    Captured capture() {
        CapturedConfigSource source = new CapturedConfigSource(new FolderConfigSource(folder));
        return new Captured(ClusterConfigLoader.load(source, options, checked), source.files());
    }
}
