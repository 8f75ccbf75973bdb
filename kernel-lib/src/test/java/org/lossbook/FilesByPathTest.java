package org.lossbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lossbook.Lossbook.*;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lossbook.model.Model;

/** A file may be named by a text or by Java's own path, wherever one is named. */
class FilesByPathTest {
  private static final Set<String> FILES = Set.of("path", "file", "folder", "directory");

  @TempDir Path folder;

  /** Every public call that has a file's name among its parameters. */
  static List<Method> calls() {
    return new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.lossbook")
            .stream()
            .filter(each -> each.getModifiers().contains(JavaModifier.PUBLIC))
            .filter(each -> !each.getPackageName().matches(".*\\.(kernel|io|engine.*|ijava)"))
            .map(JavaClass::reflect)
            .flatMap(each -> Arrays.stream(each.getDeclaredMethods()))
            .filter(each -> Modifier.isPublic(each.getModifiers()))
            .filter(each -> Modifier.isPublic(each.getDeclaringClass().getModifiers()))
            .filter(FilesByPathTest::namesAFile)
            .toList();
  }

  private static boolean namesAFile(Method method) {
    return Arrays.stream(method.getParameters())
        .anyMatch(each -> each.getType() == String.class && FILES.contains(each.getName()));
  }

  @Test
  @Tag("slow")
  void everyCallThatTakesAFilesNameTakesAPathToo() {
    assertThat(calls())
        .extracting(Method::getName)
        .contains("csv", "image", "imageFolder", "loadModel", "checkpoint", "csvLog")
        .contains("save", "saveWeights", "loadWeights");
    assertThat(calls())
        .allSatisfy(
            call -> {
              Class<?>[] byPath =
                  Arrays.stream(call.getParameterTypes())
                      .map(type -> type == String.class ? Path.class : type)
                      .toArray(Class<?>[]::new);
              assertThat(call.getDeclaringClass().getMethod(call.getName(), byPath)).isNotNull();
            });
  }

  @Test
  void aPathNamesTheSameFileAsItsText() throws IOException {
    Path table = Files.writeString(folder.resolve("t.csv"), "a,b\n1,2\n");
    assertThat(csv(table).columnNames()).containsExactly("a", "b");
    Path class0 = Files.createDirectories(folder.resolve("pictures/cat"));
    Path picture = class0.resolve("one.png");
    ImageIO.write(new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_GRAY), "png", picture.toFile());
    assertThat(image(picture)).hasToString(image(picture.toString()).toString());
    assertThat(imageFolder(folder.resolve("pictures")).size()).isEqualTo(1);
    Path kept = folder.resolve("model.keras");
    Path best = folder.resolve("epoch-{epoch:02d}.keras");
    Path log = folder.resolve("log.csv");
    try (Model model = sequential(input(1), dense(1)).compile(sgd(), mse())) {
      model.save(kept);
      model.saveWeights(folder.resolve("model.weights.h5"));
      model.loadWeights(folder.resolve("model.weights.h5"));
      model.fit(
          dataset(matrix(row(1)), matrix(row(2))),
          epochs(1)
              .callbacks(
                  checkpoint(best),
                  csvLog(log),
                  onEpochEnd(run -> run.save(folder.resolve("by-hand.keras"))))
              .quiet());
    }
    loadModel(kept).close();
    assertThat(folder.resolve("epoch-01.keras")).exists();
    assertThat(folder.resolve("by-hand.keras")).exists();
    assertThat(log).exists();
  }

  @Test
  void noPathIsRefusedAsNoTextIs() {
    Stream.<Runnable>of(
            () -> csv((Path) null),
            () -> image((Path) null),
            () -> imageFolder((Path) null),
            () -> loadModel((Path) null),
            () -> checkpoint((Path) null),
            () -> csvLog((Path) null))
        .forEach(call -> assertThatThrownBy(call::run).hasMessageContaining(" expects "));
  }

  @Test
  void aPathIntoAnArchiveIsNotTakenForOneOnTheDisk() throws IOException {
    try (FileSystem zip =
        FileSystems.newFileSystem(folder.resolve("a.zip"), Map.of("create", "true"))) {
      assertThatThrownBy(() -> csv(zip.getPath("/t.csv")))
          .hasMessageStartingWith("csv expects a path on this computer's disk but receives jar:");
    }
  }
}
