package dev.omnigraph.controlplane.app;

import dev.omnigraph.controlplane.app.api.ApiDocument;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The API's description and the page that shows it; both are left out where the setting says so. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = "control-plane.documentation.enabled", matchIfMissing = true)
class DocumentationWiring implements WebMvcConfigurer {

    private static final String PAGE_VERSION = "/META-INF/maven/org.webjars/swagger-ui/pom.properties";

    @Bean
    ApiDocument apiDocument() {
        return ApiDocument.load();
    }

    /** Our own file comes first: it tells the page which document to show. */
    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler("/swagger-ui/**")
                .addResourceLocations(
                        "classpath:/swagger-ui/",
                        "classpath:/META-INF/resources/webjars/swagger-ui/" + pageVersion() + "/");
    }

    private static String pageVersion() {
        Properties page = new Properties();
        try (InputStream in = DocumentationWiring.class.getResourceAsStream(PAGE_VERSION)) {
            if (in == null) {
                throw new IllegalStateException("the build left the page of the API's description out");
            }
            page.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return page.getProperty("version");
    }
}
