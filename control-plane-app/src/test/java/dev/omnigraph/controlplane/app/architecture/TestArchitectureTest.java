package dev.omnigraph.controlplane.app.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.springframework.stereotype.Component;

/** What tests may not do to each other. */
@AnalyzeClasses(packages = "dev.omnigraph.controlplane.app", importOptions = ImportOption.OnlyIncludeTests.class)
class TestArchitectureTest {

    /** Every service that a test starts looks for components there, and would find those of all other tests. */
    @ArchTest
    static final ArchRule NO_TEST_ADDS_TO_THE_SERVICES_OF_OTHERS = noClasses()
            .should()
            .beAnnotatedWith(Component.class)
            .orShould()
            .beMetaAnnotatedWith(Component.class)
            .because("what a test adds to its service has no annotation, or lies in testendpoints");
}
