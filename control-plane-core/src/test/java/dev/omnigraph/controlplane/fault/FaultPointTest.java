package dev.omnigraph.controlplane.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class FaultPointTest {

    private static final Pattern LISTED = Pattern.compile("^\\| `([a-z_]+\\.[a-z_]+)` \\| \\S.*\\|$");

    /** In the same order, so that neither a name nor its place is forgotten. */
    @Test
    void everyPointIsListedForOperators() throws IOException {
        List<String> listed = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("../docs/fault-points.md"))) {
            Matcher row = LISTED.matcher(line);
            if (row.matches()) {
                listed.add(row.group(1));
            }
        }

        assertThat(listed)
                .containsExactlyElementsOf(
                        Arrays.stream(FaultPoint.values()).map(FaultPoint::wire).toList());
    }

    @Test
    void pointsAreFoundByTheirNames() {
        assertThat(FaultPoint.values())
                .allSatisfy(point -> assertThat(FaultPoint.named(point.wire())).contains(point));
        assertThat(FaultPoint.named("cluster_apply.after_nothing")).isEmpty();
    }
}
