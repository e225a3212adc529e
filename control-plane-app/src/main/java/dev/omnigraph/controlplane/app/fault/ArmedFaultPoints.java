package dev.omnigraph.controlplane.app.fault;

import dev.omnigraph.controlplane.fault.FaultPoint;
import dev.omnigraph.controlplane.fault.FaultPoints;
import dev.omnigraph.controlplane.fault.InjectedFaultException;
import dev.omnigraph.controlplane.id.Pause;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.boot.convert.DurationStyle;

/** Fault points armed as {@code control-plane.fault-points} says: {@code name=error}, {@code =halt}, {@code =delay:250ms}. */
public final class ArmedFaultPoints implements FaultPoints {

    private static final String ERROR = "error";
    private static final String HALT = "halt";
    private static final String DELAY = "delay:";

    private final Map<FaultPoint, FaultAction> actions;
    private final Pause pause;
    private final Runnable halt;

    private ArmedFaultPoints(Map<FaultPoint, FaultAction> actions, Pause pause, Runnable halt) {
        this.actions = actions;
        this.pause = pause;
        this.halt = halt;
    }

    /**
     * Arms the points of a setting.
     *
     * @param halt ends the process at once
     * @throws IllegalArgumentException when an entry names no point, or no action
     */
    public static FaultPoints of(List<String> entries, Pause pause, Runnable halt) {
        Map<FaultPoint, FaultAction> actions = new EnumMap<>(FaultPoint.class);
        for (String entry : entries) {
            int equals = entry.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("`" + entry + "` is not of the form name=action");
            }
            actions.put(
                    point(entry.substring(0, equals).strip()),
                    action(entry.substring(equals + 1).strip()));
        }
        return actions.isEmpty() ? NONE : new ArmedFaultPoints(actions, pause, halt);
    }

    @Override
    public void reach(FaultPoint point) {
        FaultAction action = actions.get(point);
        if (action instanceof FaultAction.Fail) {
            throw new InjectedFaultException(point);
        } else if (action instanceof FaultAction.Halt) {
            halt.run();
        } else if (action instanceof FaultAction.Delay delay) {
            sleep(delay.duration());
        }
    }

    private void sleep(Duration duration) {
        try {
            pause.forDuration(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static FaultPoint point(String name) {
        return FaultPoint.named(name)
                .orElseThrow(() -> new IllegalArgumentException("there is no fault point `" + name + "`; there are "
                        + Arrays.stream(FaultPoint.values())
                                .map(FaultPoint::wire)
                                .collect(Collectors.joining(", "))));
    }

    private static FaultAction action(String text) {
        if (text.equals(ERROR)) {
            return new FaultAction.Fail();
        } else if (text.equals(HALT)) {
            return new FaultAction.Halt();
        } else if (text.startsWith(DELAY)) {
            return new FaultAction.Delay(duration(text.substring(DELAY.length())));
        }
        throw new IllegalArgumentException("`" + text + "` is none of error, halt and delay:<duration>");
    }

    private static Duration duration(String text) {
        try {
            Duration duration = DurationStyle.detectAndParse(text);
            if (!duration.isNegative()) {
                return duration;
            }
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IllegalArgumentException("`" + text + "` is no duration such as 250ms", e);
        }
        throw new IllegalArgumentException("`" + text + "` is negative");
    }
}
