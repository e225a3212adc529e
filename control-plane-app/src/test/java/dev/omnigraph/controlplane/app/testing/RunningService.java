package dev.omnigraph.controlplane.app.testing;

import dev.omnigraph.controlplane.app.ControlPlaneApplication;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole service in this process, on a free port of the loopback, over a folder of the test. */
public final class RunningService implements AutoCloseable {

    /**
     * What holds unless a test says otherwise. Tests that poll are not held to what people may send, see what they changed
     * in the store, and wait no longer than they must for the place of a process that they killed.
     */
    private static final Map<String, String> DEFAULTS = Map.of(
            "--logging.level.root=", "OFF",
            "--control-plane.http.requests-per-second=", "0",
            "--control-plane.instance.heartbeat=", "1s",
            "--control-plane.status.freshness=", "0s");

    /** For processes that are killed, so that the next of the same name need not wait for long. */
    public static final String SHORT_HEARTBEAT = "--control-plane.instance.heartbeat=200ms";

    /** For tests that look at every file of a storage root while the service runs: it gives no sign of life meanwhile. */
    public static final String LONG_HEARTBEAT = "--control-plane.instance.heartbeat=1h";

    private final ConfigurableApplicationContext context;

    private RunningService(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** Starts in {@code dev} mode over a configuration folder; further settings are {@code --name=value}. */
    public static RunningService over(Path configDir, String... settings) {
        return start(development(configDir, settings));
    }

    /** The service in {@code dev} mode with further objects of a test; further settings are {@code --name=value}. */
    public static RunningService with(Class<?> additions, Path configDir, String... settings) {
        return start(List.of(ControlPlaneApplication.class, additions), development(configDir, settings));
    }

    private static String[] development(Path configDir, String... settings) {
        List<String> arguments =
                new ArrayList<>(List.of("--control-plane.mode=dev", "--control-plane.config-dir=" + configDir));
        arguments.addAll(List.of(settings));
        return arguments.toArray(String[]::new);
    }

    /** Starts with nothing but these settings and a free port. */
    public static RunningService start(String... settings) {
        return start(List.of(ControlPlaneApplication.class), settings);
    }

    private static RunningService start(List<Class<?>> sources, String... settings) {
        List<String> arguments =
                new ArrayList<>(List.of("--server.port=0", "--spring.main.register-shutdown-hook=false"));
        arguments.addAll(List.of(settings));
        DEFAULTS.forEach((name, value) -> {
            if (arguments.stream().noneMatch(argument -> argument.startsWith(name))) {
                arguments.add(name + value);
            }
        });
        return new RunningService(new SpringApplicationBuilder(sources.toArray(Class<?>[]::new))
                .web(WebApplicationType.SERVLET)
                .run(arguments.toArray(String[]::new)));
    }

    public int port() {
        return ((WebServerApplicationContext) context).getWebServer().getPort();
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public <T> T bean(String name, Class<T> type) {
        return context.getBean(name, type);
    }

    public ApiClient client() {
        return new ApiClient(port());
    }

    @Override
    public void close() {
        context.close();
    }
}
