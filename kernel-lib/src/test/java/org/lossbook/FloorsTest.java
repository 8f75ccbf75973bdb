package org.lossbook;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows of the house go from a higher floor to a lower one. */
@AnalyzeClasses(packages = "org.lossbook", importOptions = ImportOption.DoNotIncludeTests.class)
class FloorsTest {
  @ArchTest
  static final ArchRule arrowsGoDown =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("kernels")
          .definedBy("org.lossbook.kernel..", "org.lossbook.notebook.ijava..")
          .layer("front door")
          .definedBy("org.lossbook")
          .layer("model")
          .definedBy("org.lossbook.model..")
          .layer("specifications")
          .definedBy(
              "org.lossbook.loss..",
              "org.lossbook.metric..",
              "org.lossbook.optimizer..",
              "org.lossbook.layer..")
          .layer("numbers and pictures")
          .definedBy("org.lossbook.data..", "org.lossbook.plot..")
          .layer("ground")
          .definedBy(
              "org.lossbook.formula..",
              "org.lossbook.engine..",
              "org.lossbook.config..",
              "org.lossbook.notebook")
          .layer("numerics")
          .definedBy("org.lossbook.numerics..")
          .whereLayer("kernels")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("front door")
          .mayOnlyBeAccessedByLayers("kernels")
          .whereLayer("model")
          .mayOnlyBeAccessedByLayers("kernels", "front door")
          .whereLayer("specifications")
          .mayOnlyBeAccessedByLayers("kernels", "front door", "model")
          .whereLayer("numbers and pictures")
          .mayOnlyBeAccessedByLayers("kernels", "front door", "model", "specifications")
          .whereLayer("numerics")
          .mayOnlyBeAccessedByLayers("ground");

  @ArchTest static final ArchRule numericsKnowNobody = knowsNobodyElse("org.lossbook.numerics");

  @ArchTest static final ArchRule formulasKnowNobody = knowsNobodyElse("org.lossbook.formula");

  @ArchTest static final ArchRule configsKnowNobody = knowsNobodyElse("org.lossbook.config");

  @ArchTest static final ArchRule theEngineKnowsNobody = knowsNobodyElse("org.lossbook.engine");

  @ArchTest
  static final ArchRule showingKnowsNobody =
      noClasses()
          .that()
          .resideInAPackage("org.lossbook.notebook")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.lossbook",
              "org.lossbook.formula..",
              "org.lossbook.engine..",
              "org.lossbook.data..",
              "org.lossbook.plot..",
              "org.lossbook.notebook.ijava..");

  @ArchTest
  static final ArchRule onlyTheEngineSpeaksToNativeLibraries =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.lossbook.engine.onednn")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.bytedeco..");

  @ArchTest
  static final ArchRule onlyTheTopFloorSpeaksToAKernel =
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

  private static ArchRule knowsNobodyElse(String root) {
    return noClasses()
        .that()
        .resideInAPackage(root + "..")
        .should()
        .dependOnClassesThat(
            com.tngtech.archunit.base.DescribedPredicate.describe(
                "are Lossbook's own but outside " + root,
                c ->
                    c.getPackageName().startsWith("org.lossbook")
                        && !c.getPackageName().startsWith("org.lossbook.numerics")
                        && !c.getPackageName().startsWith(root)));
  }
}
