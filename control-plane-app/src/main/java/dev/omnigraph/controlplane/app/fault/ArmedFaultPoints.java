package dev.omnigraph.controlplane.app.fault;

import dev.omnigraph.controlplane.fault.FaultPoint;
import dev.omnigraph.controlplane.fault.FaultPoints;
import dev.omnigraph.controlplane.fault.InjectedFaultException;
import dev.omnigraph.controlplane.fault.LostAnswerException;
import dev.omnigraph.controlplane.id.Pause;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.springframework.boot.convert.DurationStyle;

/**
 * Fault points armed as {@code control-plane.fault-points} says: {@code name=error}, {@code =halt}, {@code =delay:250ms},
 * {@code =lost-answer}; {@code name@3=error} at the third time only that the process comes there. Thread-safe.
 */
public final class ArmedFaultPoints implements FaultPoints {

    private static final String ERROR = "error";
    private static final String HALT = "halt";
    private static final String LOST_ANSWER = "lost-answer";
    private static final String DELAY = "delay:";
    private static final char TIME = '@';

    private final Map<FaultPoint, Armed> armed;
    private final Pause pause;
    private final Runnable halt;

    private ArmedFaultPoints(Map<FaultPoint, Armed> armed, Pause pause, Runnable halt) {
        this.armed = armed;
        this.pause = pause;
        this.halt = halt;
    }

    /** One entry of the setting: what happens, and at which time that the process comes to the point, if not at each. */
    private static final class Armed {
        private final FaultAction action;
        private final OptionalInt time;
        private final AtomicInteger times = new AtomicInteger();

        private Armed(FaultAction action, OptionalInt time) {
            this.action = action;
            this.time = time;
        }

        private boolean isDue() {
            int now = times.incrementAndGet();
            return time.isEmpty() || time.getAsInt() == now;
        }
    }

    /**
     * Arms the points of a setting.
     *
     * @param halt ends the process at once
     * @throws IllegalArgumentException when an entry names no point, or no action
     */
    public static FaultPoints of(List<String> entries, Pause pause, Runnable halt) {
        Map<FaultPoint, Armed> armed = new EnumMap<>(FaultPoint.class);
        for (String entry : entries) {
            int equals = entry.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("`" + entry + "` is not of the form name=action");
            }
            arm(
                    entry.substring(0, equals).strip(),
                    action(entry.substring(equals + 1).strip()),
                    armed);
        }
        return armed.isEmpty() ? NONE : new ArmedFaultPoints(armed, pause, halt);
    }

    private static void arm(String place, FaultAction action, Map<FaultPoint, Armed> armed) {
        int at = place.indexOf(TIME);
        FaultPoint point = point(at < 0 ? place : place.substring(0, at));
        if (action instanceof FaultAction.LoseAnswer && !point.followsEffect()) {
            throw new IllegalArgumentException("at " + point.wire() + " no effect is done whose answer could be lost; "
                    + LOST_ANSWER + " is for points that begin after_");
        }
        armed.put(
                point, new Armed(action, at < 0 ? OptionalInt.empty() : OptionalInt.of(time(place.substring(at + 1)))));
    }

    private static int time(String text) {
        try {
            int time = Integer.parseInt(text);
            if (time > 0) {
                return time;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("`" + text + "` is no number of times", e);
        }
        throw new IllegalArgumentException("`" + text + "` is no number of times");
    }

    @Override
    public void reach(FaultPoint point) {
        Armed entry = armed.get(point);
        if (entry != null && entry.isDue()) {
            act(point, entry.action);
        }
    }

    private void act(FaultPoint point, FaultAction action) {
        if (action instanceof FaultAction.Fail) {
            throw new InjectedFaultException(point);
        } else if (action instanceof FaultAction.Halt) {
            halt.run();
        } else if (action instanceof FaultAction.LoseAnswer) {
            throw new LostAnswerException(point);
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
        } else if (text.equals(LOST_ANSWER)) {
            return new FaultAction.LoseAnswer();
        } else if (text.startsWith(DELAY)) {
            return new FaultAction.Delay(duration(text.substring(DELAY.length())));
        }
        throw new IllegalArgumentException("`" + text + "` is none of error, halt, lost-answer and delay:<duration>");
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
