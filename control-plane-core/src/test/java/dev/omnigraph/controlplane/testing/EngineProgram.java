package dev.omnigraph.controlplane.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/**
 * The engine's own command line, version 0.8.0: the judge of what this service stores. It is taken from the environment
 * variable {@code OMNIGRAPH_BIN} or from the path; where it is not, a test that needs it is aborted, with a line on standard
 * error that says so.
 */
public final class EngineProgram {

    private static final String VARIABLE = "OMNIGRAPH_BIN";
    private static final String NAME = "omnigraph";
    private static final String VERSION = "omnigraph 0.8.0";
    private static final long LIMIT_SECONDS = 300;

    private final Path program;

    private EngineProgram(Path program) {
        this.program = program;
    }

    /**
     * What one run came to.
     *
     * @param exit the exit code
     * @param output standard output
     * @param errors standard error
     */
    public record Run(int exit, String output, String errors) {}

    /**
     * The program.
     *
     * @throws TestAbortedException where it is not on this machine, or of another version
     */
    public static EngineProgram require() {
        for (Path candidate : InstalledProgram.candidates(VARIABLE, NAME)) {
            EngineProgram program = new EngineProgram(candidate);
            if (program.run(Path.of("."), "--version").output().strip().equals(VERSION)) {
                return program;
            }
        }
        String message = "LEFT OUT: " + VERSION + " is neither named by " + VARIABLE
                + " nor on the path; what this service stores was not shown to the engine's own tool";
        System.err.println(message);
        throw new TestAbortedException(message);
    }

    /** Where the program is. */
    public String location() {
        return program.toString();
    }

    /** Runs the program in a folder, without an operator's own settings. */
    public Run run(Path folder, String... arguments) {
        return run(folder, Map.of(), arguments);
    }

    /** Runs the program in a folder, without an operator's own settings but these variables of its environment. */
    public Run run(Path folder, Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        try {
            Path scratch = Files.createTempDirectory("omnigraph");
            try {
                return run(folder, environment, command, scratch);
            } finally {
                deleteAll(scratch);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Output goes to files, so that a process that writes much does not wait for a reader. */
    private static Run run(Path folder, Map<String, String> environment, List<String> command, Path scratch)
            throws IOException, InterruptedException {
        Path output = scratch.resolve("output");
        Path errors = scratch.resolve("errors");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        builder.environment().putAll(environment);
        builder.environment().put("OMNIGRAPH_HOME", scratch.resolve("home").toString());
        Process process = builder.start();
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException(command + " did not end within " + LIMIT_SECONDS + " s");
        }
        return new Run(process.exitValue(), Files.readString(output), Files.readString(errors));
    }

    private static void deleteAll(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(folder)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path one : all) {
            Files.delete(one);
        }
    }
}
