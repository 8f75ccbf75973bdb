package org.lossbook;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.domain.properties.CanBeAnnotated;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.lossbook.kernel.CellFunctions;
import org.lossbook.notebook.ScreenProvider;
import org.lossbook.notebook.ValueRenderer;

/** Separates the API from the machinery that is public for other packages: {@link Internal}. */
@AnalyzeClasses(packages = "org.lossbook", importOptions = ImportOption.DoNotIncludeTests.class)
class InternalTest {
  /** Where the API begins, apart from the exceptions that a reader may catch. */
  private static final List<Class<?>> ENTRIES =
      List.of(Lossbook.class, CellFunctions.class, ScreenProvider.class, ValueRenderer.class);

  @ArchTest
  static void aPublicTypeIsReachedFromLossbookOrInternal(JavaClasses classes) {
    Set<JavaClass> api = api(classes);
    Set<String> unreached = new TreeSet<>();
    for (JavaClass each : classes) {
      if (isPublic(each) && !isInternal(each) && !api.contains(each)) {
        unreached.add(each.getName());
      }
    }
    assertThat(unreached)
        .as("types to mark with @Internal and @hidden: no public signature leads to them")
        .isEmpty();
  }

  @ArchTest
  static void noSignatureOfTheApiNamesAnInternalType(JavaClasses classes) {
    Set<String> named = new TreeSet<>();
    for (JavaClass each : api(classes)) {
      for (JavaMember member : visible(each)) {
        types(member)
            .filter(InternalTest::isInternal)
            .forEach(type -> named.add(member.getFullName() + " names " + type.getName()));
      }
    }
    assertThat(named).isEmpty();
  }

  /** The standard doclet leaves out what has the tag; japicmp looks at the annotation. */
  @ArchTest
  static void javadocHasNoPageForAnInternalType(JavaClasses classes) throws IOException {
    Pattern either = Pattern.compile("(?m)^ *@Internal$|\\* @hidden\\b");
    Pattern both = Pattern.compile("@hidden\\s+\\*/\\s+@Internal$", Pattern.MULTILINE);
    List<String> differ = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        String source = Files.readString(file);
        if (either.matcher(source).results().count()
            != 2 * both.matcher(source).results().count()) {
          differ.add(file.toString());
        }
      }
    }
    assertThat(differ).as("@Internal directly below a Javadoc that ends with @hidden").isEmpty();
  }

  @ArchTest
  static void javadocHasNoPageForAPackageThatIsAllInternal(JavaClasses classes) throws IOException {
    Set<String> internal = new TreeSet<>();
    Set<String> shown = new TreeSet<>();
    for (JavaClass each : classes) {
      (isPublic(each) && !isInternal(each) ? shown : internal).add(each.getPackageName());
    }
    internal.removeAll(shown);
    assertThat(Files.readString(Path.of("pom.xml")))
        .contains("<excludePackageNames>" + String.join(",", internal) + "</excludePackageNames>");
  }

  private static Set<JavaClass> api(JavaClasses classes) {
    Set<JavaClass> api = new LinkedHashSet<>();
    Deque<JavaClass> open = new ArrayDeque<>();
    ENTRIES.forEach(entry -> open.add(classes.get(entry)));
    classes.stream().filter(type -> type.isAssignableTo(Throwable.class)).forEach(open::add);
    while (!open.isEmpty()) {
      JavaClass next = open.pop();
      if (isPublic(next) && !isInternal(next) && api.add(next)) {
        next.getEnclosingClass().ifPresent(open::add);
        next.getSuperclass().ifPresent(type -> ours(type).forEach(open::add));
        next.getInterfaces().forEach(type -> ours(type).forEach(open::add));
        visible(next).forEach(member -> types(member).forEach(open::add));
      }
    }
    return api;
  }

  /** The public members of a type, inherited ones included: some come from a hidden superclass. */
  private static List<JavaMember> visible(JavaClass type) {
    return type.getAllMembers().stream()
        .filter(member -> isOurs(member.getOwner()) && !isInternal(member))
        .filter(member -> member.getModifiers().contains(JavaModifier.PUBLIC))
        .filter(member -> !member.getModifiers().contains(JavaModifier.SYNTHETIC))
        .toList();
  }

  private static Stream<JavaClass> types(JavaMember member) {
    Stream<JavaType> types =
        member instanceof JavaCodeUnit code
            ? Stream.concat(Stream.of(code.getReturnType()), code.getParameterTypes().stream())
            : Stream.of(((JavaField) member).getType());
    return types.flatMap(InternalTest::ours);
  }

  private static Stream<JavaClass> ours(JavaType type) {
    return type.getAllInvolvedRawTypes().stream()
        .map(JavaClass::getBaseComponentType)
        .filter(InternalTest::isOurs);
  }

  private static boolean isOurs(JavaClass type) {
    return type.getPackageName().startsWith("org.lossbook");
  }

  private static boolean isPublic(JavaClass type) {
    return type.getModifiers().contains(JavaModifier.PUBLIC)
        && type.getEnclosingClass().map(InternalTest::isPublic).orElse(true);
  }

  private static boolean isInternal(CanBeAnnotated element) {
    return element.isAnnotatedWith(Internal.class);
  }
}
