package dev.omnigraph.controlplane.app;

import dev.omnigraph.controlplane.app.http.AccessInterceptor;
import dev.omnigraph.controlplane.app.http.JsonBodies;
import dev.omnigraph.controlplane.app.http.ParameterInterceptor;
import dev.omnigraph.controlplane.app.http.Principals;
import dev.omnigraph.controlplane.app.http.ProblemErrorValve;
import dev.omnigraph.controlplane.app.http.ProblemResolver;
import dev.omnigraph.controlplane.app.http.RequestGate;
import dev.omnigraph.controlplane.app.security.Authenticator;
import dev.omnigraph.controlplane.app.security.LoopbackGuard;
import dev.omnigraph.controlplane.app.settings.ControlPlaneSettings;
import dev.omnigraph.controlplane.app.settings.Mode;
import dev.omnigraph.controlplane.id.IdSource;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.apache.catalina.core.StandardHost;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.handler.MappedInterceptor;

/** What requests and answers go through, from the container to the endpoints. */
@Configuration(proxyBeanMethods = false)
class HttpWiring implements WebMvcConfigurer {

    private final ControlPlaneSettings settings;

    HttpWiring(ControlPlaneSettings settings) {
        this.settings = settings;
    }

    /** A mapped interceptor stands before every endpoint, those that the framework brings included. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    MappedInterceptor access(Authenticator authenticator) {
        return new MappedInterceptor(null, new AccessInterceptor(authenticator));
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new ParameterInterceptor());
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(
                new JsonBodies(Math.toIntExact(settings.http().maxBodySize().toBytes())));
        resolvers.add(new Principals());
    }

    @Bean
    FilterRegistrationBean<RequestGate> requestGate(IdSource ids, InstantSource clock) {
        Optional<LoopbackGuard> guard =
                settings.mode() == Mode.DEV ? Optional.of(new LoopbackGuard()) : Optional.empty();
        FilterRegistrationBean<RequestGate> registration =
                new FilterRegistrationBean<>(new RequestGate(guard, ids, clock));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    @Bean
    ProblemResolver problemResolver() {
        return new ProblemResolver();
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemErrorValve() {
        return factory -> factory.addContextCustomizers(context -> {
            if (context.getParent() instanceof StandardHost host) {
                host.setErrorReportValveClass(ProblemErrorValve.class.getName());
            }
        });
    }
}
