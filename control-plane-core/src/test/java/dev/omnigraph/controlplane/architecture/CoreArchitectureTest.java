package dev.omnigraph.controlplane.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.util.UUID;

/** Core is plain Java, its decisions know no effects, and its packages form no circle. */
@AnalyzeClasses(packages = "dev.omnigraph.controlplane", importOptions = ImportOption.DoNotIncludeTests.class)
class CoreArchitectureTest {

    private static final String ROOT = "dev.omnigraph.controlplane.";

    @ArchTest
    static final ArchRule CORE_KNOWS_NO_FRAMEWORK_AND_NO_ENGINE = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "org.lance..", "org.apache.arrow..", "jakarta..");

    @ArchTest
    static final ArchRule ONLY_THE_S3_STORE_KNOWS_AWS = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "storage.s3..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("software.amazon..");

    @ArchTest
    static final ArchRule ONLY_POLICIES_KNOW_CEDAR = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "language.policy..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.cedarpolicy..");

    @ArchTest
    static final ArchRule PLANNING_HAS_NO_EFFECTS = noClasses()
            .that()
            .resideInAPackage(ROOT + "plan..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + "storage..", ROOT + "graph..", ROOT + "session..", "java.nio.file..");

    @ArchTest
    static final ArchRule LANGUAGES_KNOW_NOTHING_OF_CLUSTERS = noClasses()
            .that()
            .resideInAPackage(ROOT + "language..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    ROOT + "config..", ROOT + "ledger..", ROOT + "plan..", ROOT + "storage..", ROOT + "command..");

    @ArchTest
    static final ArchRule TIME_AND_RANDOMNESS_COME_THROUGH_PORTS = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT + "id..")
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(UUID.class, "randomUUID")
            .orShould()
            .callMethod(Thread.class, "sleep", long.class);

    @ArchTest
    static final ArchRule PACKAGES_FORM_NO_CIRCLE =
            slices().matching(ROOT + "(*)..").should().beFreeOfCycles();
}
