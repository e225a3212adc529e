package dev.omnigraph.controlplane.app.guide;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The commands of a page of documentation, and what it says that they print. */
record GuidePage(List<Step> steps) {

    /** Stands for anything in what is shown. */
    private static final String ANYTHING = "…";

    private static final Pattern BLOCK =
            Pattern.compile("^```(sh|text)\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

    /** Commands that are given at once, and what is shown below them. */
    record Step(String commands, Optional<String> shown) {

        /** Whether this is what is shown; where nothing is shown, nothing is printed. */
        boolean isShown(String printed) {
            return Pattern.compile(pattern(), Pattern.DOTALL)
                    .matcher(printed.strip())
                    .matches();
        }

        private String pattern() {
            StringBuilder pattern = new StringBuilder();
            for (String part : shown.orElse("").strip().split(ANYTHING, -1)) {
                pattern.append(pattern.isEmpty() ? "" : ".*").append(Pattern.quote(part));
            }
            return pattern.toString();
        }
    }

    static GuidePage read(Path file) throws IOException {
        List<Step> steps = new ArrayList<>();
        Matcher block = BLOCK.matcher(Files.readString(file));
        while (block.find()) {
            if (block.group(1).equals("sh")) {
                steps.add(new Step(block.group(2), Optional.empty()));
            } else {
                Step last = steps.remove(steps.size() - 1);
                steps.add(new Step(last.commands(), Optional.of(block.group(2))));
            }
        }
        return new GuidePage(List.copyOf(steps));
    }

    /** The steps up to the one that has this in it, and that one. */
    List<Step> upTo(String command) {
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).commands().contains(command)) {
                return steps.subList(0, i + 1);
            }
        }
        throw new IllegalArgumentException("no step has " + command);
    }
}
