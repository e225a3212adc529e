package dev.omnigraph.controlplane.archive;

import static dev.omnigraph.controlplane.archive.TarBuilder.attribute;
import static dev.omnigraph.controlplane.archive.TarBuilder.put;

import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Archives that no sane tool makes, each with the rule that it breaks. */
public final class HostileArchives {

    /** Small ones, so that what exceeds them is small too. */
    public static final ArchiveLimits LIMITS = new ArchiveLimits(40, 2 << 20, 3 << 20, 100, 5, 120);

    private static final String CLUSTER = "version: 1\n";
    private static final byte[] TEXT = "node Person {\n    name: String @key\n}\n".getBytes(StandardCharsets.UTF_8);

    private final List<Case> cases = new ArrayList<>();

    private HostileArchives() {}

    /**
     * One archive.
     *
     * @param rule what it breaks; empty where it is an archive like any other
     * @param finding what is wrong with its {@code cluster.yaml} then
     * @param words part of what the refusal says
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Case(
            String name,
            ArchiveFormat format,
            byte[] bytes,
            Optional<ArchiveRule> rule,
            Optional<DiagnosticCode> finding,
            String words) {

        @Override
        public String toString() {
            return name;
        }
    }

    /** All of them. */
    public static List<Case> all() {
        HostileArchives archives = new HostileArchives();
        archives.paths();
        archives.clashes();
        archives.quantities();
        archives.zipKinds();
        archives.zipContradictions();
        archives.zipDamages();
        archives.tarKinds();
        archives.tarContradictions();
        archives.tarDamages();
        archives.truncations();
        archives.yamls();
        return archives.cases;
    }

    private void paths() {
        Map<String, ArchiveRule> hostile = new TreeMap<>();
        for (String path : List.of("/etc/passwd", "/a.pg", "//a.pg", "/../a.pg")) {
            hostile.put(path, ArchiveRule.RELATIVE_PATHS);
        }
        for (String path : List.of(
                "../a.pg", "q/../../a.pg", "q/..", "..", "a//b.pg", "q/./b.pg", "././a.pg", "q/../a.pg", "./../a.pg")) {
            hostile.put(path, ArchiveRule.PLAIN_SEGMENTS);
        }
        for (String path : List.of(
                "..\\a.pg",
                "q\\a.pg",
                "C:\\a.pg",
                "C:a.pg",
                "a.pg:stream",
                "a*.pg",
                "a?.pg",
                "a\".pg",
                "a<b>.pg",
                "a|b.pg",
                "a\nb.pg",
                "a\tb.pg",
                "a\u001bb.pg",
                "a\u007fb.pg",
                "a\u0085b.pg",
                "a\u2028b.pg",
                "a\u202egp.exe",
                "a\u200bb.pg",
                "\ufeffa.pg",
                "a\ue000.pg",
                "a.pg.",
                "a.pg ",
                "q./a.pg",
                "q /a.pg")) {
            hostile.put(path, ArchiveRule.PATH_CHARACTERS);
        }
        hostile.put("a/b/c/d/e/f.pg", ArchiveRule.MAX_DEPTH);
        hostile.put("a/".repeat(40) + "f.pg", ArchiveRule.MAX_DEPTH);
        hostile.put("a".repeat(121), ArchiveRule.MAX_PATH_LENGTH);
        hostile.put("é".repeat(61), ArchiveRule.MAX_PATH_LENGTH);
        hostile.forEach((path, rule) -> {
            zip("path " + path, rule, zip -> zip.file(path, "x"));
            tar(
                    "path of pax " + path,
                    rule,
                    tar -> tar.pax(attribute("path", path)).file("x", "x"));
            tar("path of GNU " + path, rule, tar -> tar.longName(path).file("x", "x"));
        });
        zip(
                "path that is not UTF-8",
                ArchiveRule.PATH_CHARACTERS,
                zip -> zip.entry("abc", TEXT, entry -> {
                    entry.name[1] = (byte) 0xff;
                }));
        tar(
                "path that is not UTF-8",
                ArchiveRule.PATH_CHARACTERS,
                tar -> tar.entry('0', "abc", TEXT, header -> {
                    header[1] = (byte) 0xc0;
                }));
        zip("path with a zero byte", ArchiveRule.PATH_CHARACTERS, zip -> zip.file("a\0b", "x"));
        tar(
                "path in another alphabet",
                ArchiveRule.PATH_CHARACTERS,
                tar -> tar.pax(attribute("hdrcharset", "BINARY") + attribute("path", "a"))
                        .file("x", "x"));
        tar(
                "path behind a prefix",
                ArchiveRule.PLAIN_SEGMENTS,
                tar -> tar.entry('0', "a.pg", TEXT, header -> {
                    put(header, 345, "..".getBytes(StandardCharsets.UTF_8));
                }));
        zip("a file without a name", ArchiveRule.PLAIN_SEGMENTS, zip -> zip.file("", "x"));
        tar("a file without a name", ArchiveRule.PLAIN_SEGMENTS, tar -> tar.file("", "x"));
    }

    private void clashes() {
        Map<String, String> pairs = Map.ofEntries(
                Map.entry("a.pg", "a.pg"),
                Map.entry("./a.pg", "a.pg"),
                Map.entry("A.pg", "a.pg"),
                Map.entry("STRASSE.pg", "straße.pg"),
                Map.entry("\u00e9.pg", "e\u0301.pg"),
                Map.entry("\ufb01.pg", "fi.pg"),
                Map.entry("Q/a.pg", "q/b.pg"),
                Map.entry("q", "q/a.pg"),
                Map.entry("q/b", "q/B/a.pg"),
                Map.entry("\u212a.pg", "k.pg"));
        pairs.forEach((first, second) -> {
            both("clash of " + first, ArchiveRule.DISTINCT_PATHS, first, second);
            both("clash back of " + first, ArchiveRule.DISTINCT_PATHS, second, first);
        });
        both("a second cluster.yaml", ArchiveRule.DISTINCT_PATHS, "x", "cluster.yaml");
        both("another Cluster.YAML", ArchiveRule.DISTINCT_PATHS, "x", "Cluster.YAML");
        zip(
                "folder over a file",
                ArchiveRule.DISTINCT_PATHS,
                zip -> zip.file("q", "x").entry("q/", new byte[0], entry -> entry.mode = 040755));
        tar(
                "folder over a file",
                ArchiveRule.DISTINCT_PATHS,
                tar -> tar.file("q", "x").folder("q/"));
    }

    private void both(String name, ArchiveRule rule, String first, String second) {
        zip(name, rule, zip -> zip.file(first, "x").file(second, "y"));
        tar(name, rule, tar -> tar.file(first, "x").file(second, "y"));
    }

    private void quantities() {
        byte[] large = noise((2 << 20) + 1);
        byte[] half = noise(1 << 20);
        byte[] zeros = new byte[(1 << 20) + 4096];
        zip("too many files", ArchiveRule.MAX_FILES, zip -> {
            for (int i = 0; i < 40; i++) {
                zip.file("f" + i, "x");
            }
        });
        tar("too many files", ArchiveRule.MAX_FILES, tar -> {
            for (int i = 0; i < 40; i++) {
                tar.file("f" + i, "x");
            }
        });
        tar("too many folders", ArchiveRule.MAX_FILES, tar -> {
            for (int i = 0; i < 40; i++) {
                tar.folder("f" + i + "/");
            }
        });
        tar("too many attributes", ArchiveRule.MAX_FILES, tar -> {
            for (int i = 0; i < 40; i++) {
                tar.pax(attribute("comment", "x"));
            }
        });
        zip("file too large", ArchiveRule.MAX_FILE_SIZE, zip -> zip.entry("a", large, entry -> entry.store()));
        zip("file too large, packed", ArchiveRule.MAX_FILE_SIZE, zip -> zip.entry("a", new byte[4 << 20], entry -> {}));
        tar("file too large", ArchiveRule.MAX_FILE_SIZE, tar -> tar.entry('0', "a", large, header -> {}));
        tar(
                "file that says it is too large",
                ArchiveRule.MAX_FILE_SIZE,
                tar -> tar.entry('0', "a", TEXT, header -> {
                    put(header, 124, "77777777777\0".getBytes(StandardCharsets.US_ASCII));
                }));
        zip("all too large", ArchiveRule.MAX_TOTAL_SIZE, zip -> {
            for (int i = 0; i < 4; i++) {
                zip.entry("f" + i, half, entry -> entry.store());
            }
        });
        tar("all too large", ArchiveRule.MAX_TOTAL_SIZE, tar -> {
            for (int i = 0; i < 4; i++) {
                tar.entry('0', "f" + i, half, header -> {});
            }
        });
        tar("attributes too large", ArchiveRule.MAX_TOTAL_SIZE, tar -> tar.entry('x', "p", large, header -> {}));
        tar("zeros without end", ArchiveRule.MAX_TOTAL_SIZE, tar -> tar.raw(new byte[4 << 20]));
        zip("bomb", ArchiveRule.MAX_RATIO, zip -> zip.entry("a", zeros, entry -> {}));
        tar("bomb", ArchiveRule.MAX_RATIO, tar -> tar.entry('0', "a", zeros, header -> {}));
        zip(
                "bomb of many",
                ArchiveRule.MAX_RATIO,
                zip -> zip.entry("a", new byte[600_000], entry -> {}).entry("b", new byte[600_000], entry -> {}));
        zip(
                "size of a zip64 field",
                ArchiveRule.MAX_FILE_SIZE,
                zip -> zip.entry("a", TEXT, entry -> {
                    entry.size = 0xFFFFFFFFL;
                    entry.extra = ZipBuilder.zip64(TEXT.length, entry.packedSize);
                }));
        for (ArchiveFormat format : ArchiveFormat.values()) {
            refused("nothing as " + format, format, new byte[0], ArchiveRule.INTACT);
            refused("text as " + format, format, TEXT, ArchiveRule.INTACT);
            refused("noise as " + format, format, noise(5000), ArchiveRule.INTACT);
        }
        cases.add(new Case(
                "zip without cluster.yaml",
                ArchiveFormat.ZIP,
                new ZipBuilder().file("a.pg", "x").build(),
                Optional.of(ArchiveRule.CLUSTER_YAML),
                Optional.empty(),
                "cluster.yaml"));
        cases.add(new Case(
                "the folder itself",
                ArchiveFormat.TAR_GZIP,
                new TarBuilder().folder("c/").file("c/cluster.yaml", CLUSTER).build(),
                Optional.of(ArchiveRule.CLUSTER_YAML),
                Optional.empty(),
                "not the folder itself"));
    }

    private void zipKinds() {
        Map.of(
                        "link", 0120777, "pipe", 0010644, "device", 0020644, "disk", 0060644, "socket", 0140644,
                        "folder", 0040755)
                .forEach((kind, mode) -> zip(
                        "file that is a " + kind,
                        ArchiveRule.PLAIN_FILES,
                        zip -> zip.entry("a", TEXT, entry -> entry.mode = mode)));
        zip(
                "folder that is a link",
                ArchiveRule.PLAIN_FILES,
                zip -> zip.entry("a/", new byte[0], entry -> {
                    entry.mode = 0120777;
                }));
        for (int bit : List.of(0, 6, 13)) {
            zip(
                    "encrypted by bit " + bit,
                    ArchiveRule.NOT_ENCRYPTED,
                    zip -> zip.entry("a", TEXT, entry -> {
                        entry.flags |= 1 << bit;
                        entry.localFlags = entry.flags;
                    }));
        }
        for (int method : List.of(1, 6, 9, 12, 14, 93, 95, 99)) {
            zip(
                    "method " + method,
                    ArchiveRule.KNOWN_COMPRESSION,
                    zip -> zip.entry("a", TEXT, entry -> {
                        entry.method = method;
                        entry.localMethod = method;
                    }));
        }
    }

    private void zipContradictions() {
        Map<String, Consumer<ZipBuilder.Entry>> lies = new TreeMap<>();
        lies.put("another local name", entry -> entry.localName = "b".getBytes(StandardCharsets.UTF_8));
        lies.put("a longer local name", entry -> entry.localName = "../a".getBytes(StandardCharsets.UTF_8));
        lies.put("another local method", entry -> entry.localMethod = 0);
        lies.put("another local checksum", entry -> entry.localCrc++);
        lies.put("another local size", entry -> entry.localSize++);
        lies.put("another local packed size", entry -> entry.localPackedSize--);
        lies.put("encrypted only locally", entry -> entry.localFlags |= 1);
        lies.put("a descriptor only locally", entry -> entry.localFlags |= 1 << 3);
        lies.put("another alphabet locally", entry -> entry.localFlags = 0);
        lies.put("another name in a field", entry -> entry.extra = unicodeName("b"));
        lies.put("another local name in a field", entry -> entry.localExtra = unicodeName("../a"));
        lies.put("a local size in a field", entry -> {
            entry.localSize = 0xFFFFFFFFL;
            entry.localExtra = ZipBuilder.zip64(7, entry.packedSize);
        });
        lies.put("a local size in no field", entry -> entry.localSize = 0xFFFFFFFFL);
        lies.put("something behind the data", entry -> entry.behind = TEXT);
        lies.put("a descriptor that nobody announced", entry -> {
            entry.describeBehind(true, false);
            entry.flags &= ~(1 << 3);
            entry.localFlags = entry.flags;
            entry.localCrc = entry.crc;
            entry.localSize = entry.size;
            entry.localPackedSize = entry.packedSize;
        });
        lies.put("a wrong checksum behind", entry -> {
            entry.describeBehind(true, false);
            entry.behind[4]++;
        });
        lies.put("a wrong size behind", entry -> {
            entry.describeBehind(false, false);
            entry.behind[8]++;
        });
        lies.put("a wrong wide size behind", entry -> {
            entry.describeBehind(true, true);
            entry.behind[20]++;
        });
        lies.put("stored in another size", entry -> {
            entry.store();
            entry.size--;
            entry.localSize--;
        });
        lies.put("longer than it is", entry -> {
            entry.packedSize += 1000;
            entry.localPackedSize += 1000;
        });
        lies.forEach((lie, change) -> zip(lie, ArchiveRule.ONE_MEANING, zip -> zip.entry("a", TEXT, change)));
        zip(
                "an entry that only a stream sees",
                ArchiveRule.ONE_MEANING,
                zip -> zip.file("a", "x").hideLast());
        zip(
                "an entry between that only a stream sees",
                ArchiveRule.ONE_MEANING,
                zip -> zip.file("a", "x").hideLast().file("b", "x"));
        zip("something before the directory", ArchiveRule.ONE_MEANING, zip -> zip.junk("junk"));
        zip(
                "something between",
                ArchiveRule.ONE_MEANING,
                zip -> zip.junk("junk").file("a", "x"));
        zip(
                "a directory in another order",
                ArchiveRule.ONE_MEANING,
                zip -> zip.file("a", "x").reverseDirectory());
        zip(
                "two files of one data",
                ArchiveRule.ONE_MEANING,
                zip -> zip.file("a", "x").repeatLast("b"));
        zip("a directory elsewhere", ArchiveRule.ONE_MEANING, zip -> zip.misplace(-1));
        zip("an end in the comment", ArchiveRule.ONE_MEANING, zip -> zip.comment("PK\5\6" + "\0".repeat(18)));
        refused(
                "something before the first entry",
                ArchiveFormat.ZIP,
                new ZipBuilder().junk("#!/bin/sh").file("cluster.yaml", CLUSTER).build(),
                ArchiveRule.ONE_MEANING);
        zip(
                "a folder with content",
                ArchiveRule.ONE_MEANING,
                zip -> zip.entry("q/", TEXT, entry -> entry.mode = 040755));
    }

    private static byte[] unicodeName(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        byte[] field = new byte[9 + bytes.length];
        put(field, 0, new byte[] {0x75, 0x70, (byte) (5 + bytes.length), 0, 1});
        put(field, 9, bytes);
        return field;
    }

    private void zipDamages() {
        Map<String, Consumer<ZipBuilder.Entry>> damages = new TreeMap<>();
        damages.put("a wrong checksum", entry -> {
            entry.crc++;
            entry.localCrc++;
        });
        damages.put("packed data that is noise", entry -> {
            byte[] noise = noise((int) entry.packedSize);
            noise[0] |= 6;
            entry.pack(noise);
        });
        damages.put(
                "packed data that is cut off",
                entry -> entry.pack(Arrays.copyOf(entry.packed, entry.packed.length - 2)));
        damages.put(
                "packed data with more behind",
                entry -> entry.pack(Arrays.copyOf(entry.packed, entry.packed.length + 2)));
        damages.put("more data than it says", entry -> {
            entry.size -= 5;
            entry.localSize -= 5;
        });
        damages.put("less data than it says", entry -> {
            entry.size += 5;
            entry.localSize += 5;
        });
        damages.put("a file of nothing with data", entry -> {
            entry.size = 0;
            entry.localSize = 0;
        });
        damages.put("damaged fields", entry -> entry.extra = new byte[] {1, 0, 99, 0});
        damages.put("damaged local fields", entry -> entry.localExtra = new byte[] {1, 0, 5});
        damages.forEach((damage, change) -> zip(damage, ArchiveRule.INTACT, zip -> zip.entry("a", TEXT, change)));
        zip("more entries than there are", ArchiveRule.INTACT, zip -> zip.miscount(1));
        zip(
                "fewer entries than there are",
                ArchiveRule.INTACT,
                zip -> zip.file("a", "x").miscount(-1));
        byte[] parted = new ZipBuilder().file("cluster.yaml", CLUSTER).build();
        parted[parted.length - 18] = 1;
        refused("a part of several", ArchiveFormat.ZIP, parted, ArchiveRule.INTACT);
    }

    private void tarKinds() {
        for (char type : "1234678SKVMDNAXQ\u0001".toCharArray()) {
            tar(
                    "type " + (int) type,
                    ArchiveRule.PLAIN_FILES,
                    tar -> tar.entry(type, "a", new byte[0], header -> {
                        put(header, 157, "/etc/passwd".getBytes(StandardCharsets.UTF_8));
                    }));
        }
        tar(
                "sparse by attribute",
                ArchiveRule.PLAIN_FILES,
                tar -> tar.pax(attribute("GNU.sparse.major", "1")).file("a", "x"));
    }

    private void tarContradictions() {
        tar(
                "two paths",
                ArchiveRule.ONE_MEANING,
                tar -> tar.pax(attribute("path", "a") + attribute("path", "b")).file("x", "x"));
        tar(
                "two sizes",
                ArchiveRule.ONE_MEANING,
                tar -> tar.pax(attribute("size", "9")).file("x", "x"));
        tar(
                "a path for all",
                ArchiveRule.ONE_MEANING,
                tar -> tar.entry('g', "p", attribute("path", "../x").getBytes(StandardCharsets.UTF_8), header -> {}));
        tar(
                "a size for all",
                ArchiveRule.ONE_MEANING,
                tar -> tar.entry('g', "p", attribute("size", "1").getBytes(StandardCharsets.UTF_8), header -> {}));
        tar("a folder with content", ArchiveRule.ONE_MEANING, tar -> tar.entry('5', "q/", TEXT, header -> {}));
        tar(
                "something behind the end",
                ArchiveRule.ONE_MEANING,
                tar -> tar.raw(new byte[1024]).file("a", "x"));
        tar(
                "one block of zeros",
                ArchiveRule.ONE_MEANING,
                tar -> tar.raw(new byte[512]).file("a", "x"));
        byte[] good = new TarBuilder().file("cluster.yaml", CLUSTER).build();
        refused("gzip with noise behind", ArchiveFormat.TAR_GZIP, joined(good, TEXT), ArchiveRule.ONE_MEANING);
        refused("two gzip members", ArchiveFormat.TAR_GZIP, joined(good, good), ArchiveRule.ONE_MEANING);
        refused("gzip with zeros behind", ArchiveFormat.TAR_GZIP, joined(good, new byte[8]), ArchiveRule.ONE_MEANING);
    }

    private void tarDamages() {
        Map<String, Consumer<byte[]>> headers = new TreeMap<>();
        headers.put("a negative size", header -> put(header, 124, "-0000000001\0".getBytes(StandardCharsets.US_ASCII)));
        headers.put("a size in base 256", header -> header[124] = (byte) 0x80);
        headers.put("a size that is text", header -> put(header, 124, "many".getBytes(StandardCharsets.US_ASCII)));
        headers.forEach((damage, change) -> tar(damage, ArchiveRule.INTACT, tar -> tar.entry('0', "a", TEXT, change)));
        for (String records :
                List.of("path=a\n", "9 path=a", "99 path=a\n", "3 \n", "0 path=a\n", "8 =abcd\n", "7 a\u0001bc\n")) {
            tar(
                    "attributes " + records.strip(),
                    ArchiveRule.INTACT,
                    tar -> tar.pax(records).file("x", "x"));
        }
        refused(
                "a tar without its end",
                ArchiveFormat.TAR_GZIP,
                new TarBuilder().file("cluster.yaml", CLUSTER).buildOpen(),
                ArchiveRule.INTACT);
        byte[] header = new byte[512];
        header[0] = 'a';
        refused(
                "no checksum",
                ArchiveFormat.TAR_GZIP,
                TarBuilder.gzip(joined(header, new byte[1024])),
                ArchiveRule.INTACT);
        byte[] good = new TarBuilder().file("cluster.yaml", CLUSTER).build();
        for (int at : List.of(0, 2, 3, good.length - 8, good.length - 1)) {
            byte[] damaged = good.clone();
            damaged[at] ^= (byte) 0xa5;
            refused("gzip damaged at " + at, ArchiveFormat.TAR_GZIP, damaged, ArchiveRule.INTACT);
        }
    }

    private void truncations() {
        byte[] zip =
                new ZipBuilder().file("cluster.yaml", CLUSTER).file("a.pg", "x").build();
        byte[] tar =
                new TarBuilder().file("cluster.yaml", CLUSTER).file("a.pg", "x").build();
        for (int tenth = 1; tenth < 10; tenth++) {
            refused(
                    "zip cut off at " + tenth + "/10",
                    ArchiveFormat.ZIP,
                    Arrays.copyOf(zip, zip.length * tenth / 10),
                    ArchiveRule.INTACT);
            refused(
                    "tar cut off at " + tenth + "/10",
                    ArchiveFormat.TAR_GZIP,
                    Arrays.copyOf(tar, tar.length * tenth / 10),
                    ArchiveRule.INTACT);
        }
    }

    private void yamls() {
        StringBuilder laughs = new StringBuilder("version: 1\na: &a [x, x, x, x, x, x, x, x, x, x]\n");
        for (char level = 'b'; level <= 'g'; level++) {
            laughs.append(level).append(": &").append(level).append(" [");
            laughs.append(("*" + (char) (level - 1) + ", ").repeat(9))
                    .append("*")
                    .append((char) (level - 1));
            laughs.append("]\n");
        }
        yaml("aliases of aliases", laughs.toString(), DiagnosticCode.INVALID_CLUSTER_YAML, "100000 nodes");
        yaml(
                "nested lists",
                "a: " + "[".repeat(200) + "]".repeat(200),
                DiagnosticCode.INVALID_CLUSTER_YAML,
                "128 levels");
        yaml(
                "nested mappings",
                "{a: ".repeat(200) + "}".repeat(200),
                DiagnosticCode.INVALID_CLUSTER_YAML,
                "128 levels");
        yaml("a long text", "# " + "x".repeat(1 << 20), DiagnosticCode.INVALID_CLUSTER_YAML, "1048576 are the limit");
        yaml("many nodes", "a: [" + "1,".repeat(100_001) + "1]", DiagnosticCode.INVALID_CLUSTER_YAML, "100000 nodes");
        yaml("an alias of itself", "a: &a [*a]", DiagnosticCode.INVALID_CLUSTER_YAML, "alias");
        yaml("an alias of nothing", "a: *b", DiagnosticCode.INVALID_CLUSTER_YAML, "alias");
        yaml(
                "two documents",
                "version: 1\n---\nmetadata: {}\n",
                DiagnosticCode.INVALID_CLUSTER_YAML,
                "second document");
        yaml("a repeated key", "version: 1\nversion: 1\n", DiagnosticCode.DUPLICATE_YAML_KEY, "version");
        yaml("a control character", "version: 1 #\u0001\n", DiagnosticCode.INVALID_CLUSTER_YAML, "U+0001");
        yaml("half a character", "version: \"\\ud800\"\n", DiagnosticCode.INVALID_CLUSTER_YAML, "character");
        yaml("an object", "!!javax.script.ScriptEngineManager []\n", DiagnosticCode.INVALID_CLUSTER_YAML, "");
        yaml("a list", "- version: 1\n", DiagnosticCode.INVALID_CLUSTER_YAML, "");
        yaml("nothing", "", DiagnosticCode.INVALID_CLUSTER_YAML, "");
        yaml("an open bracket", "version: [1\n", DiagnosticCode.INVALID_CLUSTER_YAML, "");
        yaml("an unknown key", "version: 1\nsurprise: 1\n", DiagnosticCode.INVALID_CLUSTER_YAML, "surprise");
        yaml("a version that is text", "version: one\n", DiagnosticCode.INVALID_CLUSTER_YAML, "");
        byte[] latin = new ZipBuilder()
                .entry("cluster.yaml", new byte[] {'#', (byte) 0xe9}, entry -> {})
                .build();
        cases.add(new Case(
                "yaml that is not UTF-8",
                ArchiveFormat.ZIP,
                latin,
                Optional.empty(),
                Optional.of(DiagnosticCode.CLUSTER_CONFIG_READ_ERROR),
                "UTF-8"));
    }

    private void yaml(String name, String text, DiagnosticCode finding, String words) {
        cases.add(new Case(
                "yaml of " + name,
                ArchiveFormat.ZIP,
                new ZipBuilder()
                        .entry("cluster.yaml", text.getBytes(StandardCharsets.UTF_8), ZipBuilder.Entry::store)
                        .build(),
                Optional.empty(),
                Optional.of(finding),
                words));
    }

    private void zip(String name, ArchiveRule rule, Consumer<ZipBuilder> rest) {
        ZipBuilder zip = new ZipBuilder().file("cluster.yaml", CLUSTER);
        rest.accept(zip);
        refused("zip: " + name, ArchiveFormat.ZIP, zip.build(), rule);
    }

    private void tar(String name, ArchiveRule rule, Consumer<TarBuilder> rest) {
        TarBuilder tar = new TarBuilder().file("cluster.yaml", CLUSTER);
        rest.accept(tar);
        refused("tar: " + name, ArchiveFormat.TAR_GZIP, tar.build(), rule);
    }

    private void refused(String name, ArchiveFormat format, byte[] bytes, ArchiveRule rule) {
        cases.add(new Case(name, format, bytes, Optional.of(rule), Optional.empty(), ""));
    }

    /** Bytes that do not compress, always the same. */
    private static byte[] noise(int length) {
        byte[] bytes = new byte[length];
        long state = 0x9E3779B97F4A7C15L;
        for (int i = 0; i < length; i++) {
            state ^= state << 13;
            state ^= state >>> 7;
            state ^= state << 17;
            bytes[i] = (byte) (state >>> 24);
        }
        return bytes;
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }
}
