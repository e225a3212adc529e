package dev.omnigraph.controlplane.app.testing;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** Puts {@link Passings} in the place of the service's own fault points, where a test adds it; nothing finds it by itself. */
public class RecordingPoints {

    @Bean
    @Primary
    Passings passings() {
        return new Passings();
    }
}
