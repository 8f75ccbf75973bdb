package org.lossbook.kernel.cell;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.lossbook.Lossbook;
import org.lossbook.base.Messages;
import org.lossbook.model.Model;

/** Hints for compile errors that beginners often make in cells. */
final class Hint {
  private static final Pattern MISSING =
      Pattern.compile("symbol: +(variable|method) (\\w+).*(?:\\R +location: (.+))?");
  private static final Pattern NULL = Pattern.compile("\\$JShell\\$\\w+\\.(\\w+)\" is null");
  private static final Pattern TYPE = Pattern.compile("org\\.lossbook\\.[\\w.$]+");

  private static final Set<String> LEAVING = Set.of("exit", "quit");
  private static final Set<String> PRINTING = Set.of("print", "println");

  private Hint() {}

  /** The hint for a compile error with javac's full message. */
  static Optional<String> of(String message) {
    if (message.startsWith("';' expected")) {
      return Optional.of(
          "Each statement in a cell ends with a semicolon; only the last may omit it.");
    }
    if (message.startsWith("bad operand types") && message.contains("org.lossbook.formula.Expr")) {
      return Optional.of(
          "Formulas are written as calls: y.minus(yHat).square(), not (y - yHat) * …");
    }
    if (message.startsWith("incompatible types: missing return value")) {
      return Optional.of(
          "In a cell, return needs a value; to leave some lines out, put them into an if.");
    }
    Matcher missing = MISSING.matcher(message);
    if (!missing.find()) {
      return Optional.empty();
    }
    boolean call = missing.group(1).equals("method");
    String name = missing.group(2);
    if (LEAVING.contains(name)) {
      return Optional.of("System.exit(0) ends the kernel; an interrupt ends a cell.");
    }
    if (call && PRINTING.contains(name)) {
      return Optional.of(Messages.of("It is written System.out.%s(…).", name));
    }
    return owner(missing.group(3))
        .map(owner -> call ? uncompiled(owner, name) : unasked(owner, name))
        .orElseGet(() -> call ? otherwise(name) : undeclared(name));
  }

  /** The hint for a line of a cell that javac rejects. */
  static Optional<String> ofLine(String line) {
    return when(
        line.strip().startsWith("package "),
        "A cell has no package: leave this line out. Later cells know the classes by their names.");
  }

  /** The hint for an exception: a variable whose cell failed exists, but has no value. */
  static Optional<String> of(Throwable thrown, Predicate<String> isUnset) {
    String message = thrown.getMessage();
    Matcher none = NULL.matcher(message == null ? "" : message);
    return thrown instanceof NullPointerException && none.find() && isUnset.test(none.group(1))
        ? Optional.of(
            Messages.of(
                "%s has no value yet: the cell that declares it failed, so fix and run that one first.",
                none.group(1)))
        : Optional.empty();
  }

  /** The library class in which javac looked for the symbol; none if it looked in the cell. */
  private static Optional<Class<?>> owner(String location) {
    Matcher type = TYPE.matcher(location == null ? "" : location);
    try {
      return type.find() ? Optional.of(Class.forName(type.group())) : Optional.empty();
    } catch (ClassNotFoundException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> uncompiled(Class<?> owner, String name) {
    boolean becomesModel =
        names(owner).anyMatch("compile"::equals) && names(Model.class).anyMatch(name::equals);
    return when(
        becomesModel,
        Messages.of(
            "These are layers without a loss: .compile(adam(), mse()) makes a model, which can %s.",
            name));
  }

  private static Optional<String> unasked(Class<?> owner, String name) {
    return when(names(owner).anyMatch(name::equals), Messages.of("It is a call: .%s()", name));
  }

  private static Optional<String> otherwise(String name) {
    return names(Lossbook.class)
        .filter(name::equalsIgnoreCase)
        .findFirst()
        .map(written -> Messages.of("It is written %s.", written));
  }

  private static Optional<String> undeclared(String name) {
    return names(Lossbook.class).anyMatch(name::equals)
        ? Optional.of(Messages.of("It is a call: %s()", name))
        : Optional.of(
            Messages.of(
                "No cell that has run declares %s: run the one that does, or check the spelling.",
                name));
  }

  private static Optional<String> when(boolean so, String hint) {
    return so ? Optional.of(hint) : Optional.empty();
  }

  private static Stream<String> names(Class<?> owner) {
    return Arrays.stream(owner.getMethods()).map(Method::getName);
  }
}
