package org.lossbook;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.PackageMatcher;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Packages depend on those of lower floors only; any of them may use @Internal. */
@AnalyzeClasses(packages = "org.lossbook", importOptions = ImportOption.DoNotIncludeTests.class)
class FloorsTest {
  /** From the top floor down: each uses those below it and none above. */
  private static final Map<String, List<String>> FLOORS = new LinkedHashMap<>();

  static {
    FLOORS.put(
        "kernels",
        List.of(
            "org.lossbook.kernel..",
            "org.lossbook.notebook.ijava..",
            "org.lossbook.notebook.jjava..",
            "org.lossbook.notebook.rendering.."));
    FLOORS.put("entry point", List.of("org.lossbook"));
    FLOORS.put(
        "views of a model",
        List.of(
            "org.lossbook.search..",
            "org.lossbook.analysis..",
            "org.lossbook.report..",
            "org.lossbook.card..",
            "org.lossbook.pretrained..",
            "org.lossbook.generation.."));
    FLOORS.put("model", List.of("org.lossbook.model"));
    FLOORS.put("model files", List.of("org.lossbook.model.keras.."));
    FLOORS.put("fit", List.of("org.lossbook.training.fit.."));
    FLOORS.put("training", List.of("org.lossbook.training"));
    FLOORS.put(
        "network and callbacks", List.of("org.lossbook.network..", "org.lossbook.callback.."));
    FLOORS.put(
        "specifications",
        List.of(
            "org.lossbook.loss..",
            "org.lossbook.metric..",
            "org.lossbook.optimizer..",
            "org.lossbook.layer.."));
    FLOORS.put(
        "data and plots",
        List.of(
            "org.lossbook.data..",
            "org.lossbook.plot..",
            "org.lossbook.io..",
            "org.lossbook.quiz.."));
    FLOORS.put("base", List.of("org.lossbook.base.."));
    FLOORS.put(
        "foundations",
        List.of(
            "org.lossbook.formula..",
            "org.lossbook.engine..",
            "org.lossbook.config..",
            "org.lossbook.notebook"));
    FLOORS.put("numerics", List.of("org.lossbook.numerics.."));
  }

  @ArchTest static final ArchRule packagesDependOnLowerFloorsOnly = floors();

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      SlicesRuleDefinition.slices().matching("org.lossbook.(**)").should().beFreeOfCycles();

  @ArchTest
  static void everyPackageIsOnAFloor(JavaClasses classes) {
    List<String> missing =
        classes.stream()
            .map(JavaClass::getPackageName)
            .distinct()
            .filter(
                name ->
                    FLOORS.values().stream()
                        .flatMap(List::stream)
                        .noneMatch(pattern -> PackageMatcher.of(pattern).matches(name)))
            .toList();
    assertThat(missing).isEmpty();
  }

  private static ArchRule floors() {
    var rule =
        layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .ignoreDependency(alwaysTrue(), type(Internal.class));
    FLOORS.forEach((name, packages) -> rule.layer(name).definedBy(packages.toArray(String[]::new)));
    List<String> above = new ArrayList<>();
    for (String floor : FLOORS.keySet()) {
      if (above.isEmpty()) {
        rule.whereLayer(floor).mayNotBeAccessedByAnyLayer();
      } else {
        rule.whereLayer(floor).mayOnlyBeAccessedByLayers(above.toArray(String[]::new));
      }
      above.add(floor);
    }
    return rule;
  }

  @ArchTest
  static final ArchRule numericsImportNothingElse = importsNothingBut("org.lossbook.numerics");

  @ArchTest
  static final ArchRule formulasImportNumericsAlone = importsNothingBut("org.lossbook.formula");

  @ArchTest
  static final ArchRule configsImportNothingElse = importsNothingBut("org.lossbook.config");

  @ArchTest
  static final ArchRule theEngineImportsNumericsAlone = importsNothingBut("org.lossbook.engine");

  @ArchTest
  static final ArchRule notebookImportsNoHigherPackage =
      noClasses()
          .that()
          .resideInAPackage("org.lossbook.notebook")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                      "org.lossbook",
                      "org.lossbook.formula..",
                      "org.lossbook.engine..",
                      "org.lossbook.data..",
                      "org.lossbook.plot..",
                      "org.lossbook.notebook.*..")
                  .and(not(type(Internal.class))));

  @ArchTest
  static final ArchRule onlyTheEngineImportsNativeLibraries =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.lossbook.engine.onednn..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.bytedeco..");

  @ArchTest
  static final ArchRule onlyTheTopFloorImportsAKernel =
      noClasses()
          .that()
          .resideOutsideOfPackages("org.lossbook.kernel..", "org.lossbook.notebook.ijava..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.github.spencerpark..");

  @ArchTest
  static final ArchRule arraysAndTablesEnterThroughData =
      noClasses()
          .that()
          .resideInAnyPackage(
              "org.lossbook.formula..", "org.lossbook.engine..", "org.lossbook.notebook")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.nd4j..", "tech.tablesaw..");

  private static ArchRule importsNothingBut(String root) {
    return noClasses()
        .that()
        .resideInAPackage(root + "..")
        .should()
        .dependOnClassesThat(
            describe(
                "are Lossbook's own but outside " + root,
                c ->
                    c.getPackageName().startsWith("org.lossbook")
                        && !c.isEquivalentTo(Internal.class)
                        && !c.getPackageName().startsWith("org.lossbook.numerics")
                        && !c.getPackageName().startsWith(root)));
  }
}
