package org.lossbook;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.text.Collator;
import java.text.DateFormat;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.text.MessageFormat;
import java.text.NumberFormat;
import java.text.SimpleDateFormat;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Formatter;
import java.util.Locale;
import java.util.Scanner;
import java.util.Set;

/**
 * Whatever formats numbers or changes case says in which locale: a German machine prints 0.152,
 * too, and a Persian one an explorer's JavaScript in digits that JavaScript has.
 */
@AnalyzeClasses(packages = "org.lossbook", importOptions = ImportOption.DoNotIncludeTests.class)
class OneLocaleTest {
  /** Methods that ask the machine for its locale unless they are given one. */
  private static final Set<String> FORMATTING =
      Set.of("formatted", "format", "printf", "toUpperCase", "toLowerCase", "ofPattern");

  private static final Set<Class<?>> SYMBOLS =
      Set.of(
          NumberFormat.class,
          DecimalFormat.class,
          DecimalFormatSymbols.class,
          SimpleDateFormat.class,
          DateFormat.class,
          MessageFormat.class,
          Collator.class,
          Formatter.class,
          Scanner.class);

  @ArchTest
  static final ArchRule everyFormatHasItsLocale =
      noClasses()
          .that()
          .resideInAPackage("org.lossbook..")
          .should()
          .callMethodWhere(calls("a format or a change of case without a locale", true))
          .orShould()
          .callConstructorWhere(calls("symbols of numbers or dates without a locale", false))
          .because("Messages.of(…) and String.format(Locale.ROOT, …) are the same everywhere");

  @ArchTest
  static final ArchRule theMachinesLocaleIsTheKernelsBusiness =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.lossbook.kernel..")
          .should()
          .callMethodWhere(
              new DescribedPredicate<>("the default locale") {
                @Override
                public boolean test(com.tngtech.archunit.core.domain.JavaMethodCall call) {
                  return call.getTargetOwner().isEquivalentTo(Locale.class)
                      && call.getName().endsWith("etDefault");
                }
              });

  private static <C extends JavaCall<?>> DescribedPredicate<C> calls(
      String description, boolean areMethods) {
    return new DescribedPredicate<>(description) {
      @Override
      public boolean test(C call) {
        boolean hasLocale =
            call.getTarget().getRawParameterTypes().stream()
                .anyMatch(
                    type ->
                        type.isEquivalentTo(Locale.class)
                            || type.isEquivalentTo(DecimalFormatSymbols.class));
        return !hasLocale && (areMethods ? formats(call) : isSymbols(call));
      }
    };
  }

  private static boolean formats(JavaAccess<?> call) {
    var owner = call.getTargetOwner();
    boolean isText =
        owner.isEquivalentTo(String.class)
            || owner.isAssignableTo(PrintStream.class)
            || owner.isAssignableTo(PrintWriter.class);
    boolean isDate =
        owner.isEquivalentTo(DateTimeFormatter.class)
            || owner.isEquivalentTo(DateTimeFormatterBuilder.class);
    return isText && FORMATTING.contains(call.getName())
        || isDate && Set.of("ofPattern", "toFormatter").contains(call.getName())
        || isSymbols(call) && call.getName().endsWith("nstance")
        || owner.isEquivalentTo(MessageFormat.class) && call.getName().equals("format");
  }

  private static boolean isSymbols(JavaAccess<?> call) {
    return SYMBOLS.stream().anyMatch(call.getTargetOwner()::isEquivalentTo);
  }
}
