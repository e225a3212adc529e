package dev.omnigraph.controlplane.testing;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Programs that this machine may have. */
public final class InstalledProgram {

    private InstalledProgram() {}

    /** Those that can be run: first the one that an environment variable names, then those of a name on the path. */
    public static List<Path> candidates(String variable, String name) {
        List<Path> candidates = new ArrayList<>();
        String named = System.getenv(variable);
        if (named != null) {
            candidates.add(Path.of(named));
        }
        String path = System.getenv("PATH");
        if (path != null) {
            for (String folder : path.split(Pattern.quote(File.pathSeparator), -1)) {
                candidates.add(Path.of(folder, name));
            }
        }
        return candidates.stream()
                .filter(candidate -> Files.isRegularFile(candidate) && Files.isExecutable(candidate))
                .toList();
    }
}
