package dev.omnigraph.controlplane.app;

import dev.omnigraph.controlplane.app.http.AccessInterceptor;
import dev.omnigraph.controlplane.app.http.BadTokens;
import dev.omnigraph.controlplane.app.http.Bodies;
import dev.omnigraph.controlplane.app.http.ChangeInterceptor;
import dev.omnigraph.controlplane.app.http.CrossOrigin;
import dev.omnigraph.controlplane.app.http.ParameterInterceptor;
import dev.omnigraph.controlplane.app.http.Principals;
import dev.omnigraph.controlplane.app.http.ProblemErrorValve;
import dev.omnigraph.controlplane.app.http.ProblemResolver;
import dev.omnigraph.controlplane.app.http.PromptProtocol;
import dev.omnigraph.controlplane.app.http.RateLimits;
import dev.omnigraph.controlplane.app.http.Readmission;
import dev.omnigraph.controlplane.app.http.RequestGate;
import dev.omnigraph.controlplane.app.http.UnreadBodies;
import dev.omnigraph.controlplane.app.http.UploadInterceptor;
import dev.omnigraph.controlplane.app.security.Authenticator;
import dev.omnigraph.controlplane.app.security.LoopbackGuard;
import dev.omnigraph.controlplane.app.settings.ControlPlaneSettings;
import dev.omnigraph.controlplane.app.settings.Mode;
import dev.omnigraph.controlplane.app.status.StatusBoard;
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
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.web.filter.CorsFilter;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.AsyncSupportConfigurer;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.handler.MappedInterceptor;

/** What requests and answers go through, from the container to the endpoints. */
@Configuration(proxyBeanMethods = false)
class HttpWiring implements WebMvcConfigurer {

    /** Streams end by themselves; a stop and a lost client end them too. */
    private static final long NO_TIMEOUT = -1;

    private final ControlPlaneSettings settings;
    private final InstantSource clock;

    HttpWiring(ControlPlaneSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** A mapped interceptor stands before every endpoint, those that the framework brings included. */
    @Bean
    MappedInterceptor access(Authenticator authenticator) {
        RateLimits limits = new RateLimits(
                settings.http().requestsPerSecond(), settings.http().requestBurst(), clock);
        BadTokens badTokens = new BadTokens(settings.http().badTokensPerMinute(), clock);
        return new MappedInterceptor(null, new AccessInterceptor(authenticator, limits, badTokens));
    }

    @Bean
    Readmission readmission(Authenticator authenticator) {
        return new Readmission(authenticator);
    }

    @Bean
    MappedInterceptor changes(StatusBoard board) {
        return new MappedInterceptor(null, new ChangeInterceptor(board::forget));
    }

    /** One thread for each stream that may be open; what waits costs none. */
    @Override
    public void configureAsyncSupport(AsyncSupportConfigurer configurer) {
        ThreadPoolTaskExecutor threads = new ThreadPoolTaskExecutor();
        threads.setThreadNamePrefix("stream-");
        threads.setCorePoolSize(settings.http().maxStreams());
        threads.setAllowCoreThreadTimeOut(true);
        threads.setDaemon(true);
        threads.initialize();
        configurer.setTaskExecutor(threads);
        configurer.setDefaultTimeout(NO_TIMEOUT);
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new ParameterInterceptor());
        registry.addInterceptor(new UploadInterceptor(settings.configurations().maxUploads()));
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.addAll(Bodies.resolvers(
                Math.toIntExact(settings.http().maxBodySize().toBytes()),
                Math.toIntExact(settings.configurations().maxArchiveSize().toBytes()),
                settings.http().requestTimeout(),
                clock));
        resolvers.add(new Principals());
    }

    @Bean
    FilterRegistrationBean<RequestGate> requestGate(IdSource ids) {
        Optional<LoopbackGuard> guard =
                settings.mode() == Mode.DEV ? Optional.of(new LoopbackGuard()) : Optional.empty();
        FilterRegistrationBean<RequestGate> registration =
                new FilterRegistrationBean<>(new RequestGate(guard, ids, clock));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    /** Behind the gate, which turns its refusals into problems. Without an origin there is nothing to allow. */
    @Bean
    FilterRegistrationBean<CorsFilter> crossOrigin() {
        FilterRegistrationBean<CorsFilter> registration =
                new FilterRegistrationBean<>(CrossOrigin.filter(settings.http().corsOrigins()));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
        registration.setEnabled(!settings.http().corsOrigins().isEmpty());
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

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> slowClients() {
        return factory -> {
            factory.setProtocol(PromptProtocol.class.getName());
            factory.addProtocolHandlerCustomizers((PromptProtocol protocol) ->
                    protocol.setPatience(settings.http().requestTimeout()));
            factory.addEngineValves(new UnreadBodies(clock));
        };
    }
}
