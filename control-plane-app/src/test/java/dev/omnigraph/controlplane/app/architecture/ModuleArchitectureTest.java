package dev.omnigraph.controlplane.app.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Dependencies point one way: only the service knows both core and the engine's adapter, and Lance stays in there. */
@AnalyzeClasses(packages = "dev.omnigraph.controlplane", importOptions = ImportOption.DoNotIncludeTests.class)
class ModuleArchitectureTest {

    private static final String APP = "dev.omnigraph.controlplane.app..";
    private static final String LANCE = "dev.omnigraph.controlplane.lance..";

    @ArchTest
    static final ArchRule LANCE_STAYS_IN_ITS_MODULE = noClasses()
            .that()
            .resideOutsideOfPackage(LANCE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.lance..", "org.apache.arrow..");

    @ArchTest
    static final ArchRule ONLY_THE_SERVICE_KNOWS_THE_ADAPTER = noClasses()
            .that()
            .resideOutsideOfPackages(APP, LANCE)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(LANCE);

    @ArchTest
    static final ArchRule NOTHING_KNOWS_THE_SERVICE = noClasses()
            .that()
            .resideOutsideOfPackage(APP)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(APP);
}
