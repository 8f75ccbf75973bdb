package org.lossbook.hostile;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.lossbook.formula.Expr;
import org.lossbook.model.Model;

/** Functions of the reader's own, for whatever interface a call asks for. */
final class Lambdas {
  private Lambdas() {}

  /** What a reader's own function throws: it may come through as it is. */
  static final class Thrown extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Thrown() {
      super("a mistake in a function of the reader's own");
    }
  }

  /** Whether a reader could write it as a lambda or as a class of a few methods. */
  static boolean isOne(Class<?> type) {
    return type.isInterface()
        && !type.isSealed()
        && (abstractMethods(type) == 1 || isToldAlone(type));
  }

  private static boolean isToldAlone(Class<?> type) {
    return type.getName().startsWith("org.lossbook.")
        && abstractMethods(type) == 0
        && type.getMethods().length > 0;
  }

  private static long abstractMethods(Class<?> type) {
    return Arrays.stream(type.getMethods())
        .filter(m -> Modifier.isAbstract(m.getModifiers()) && !isObjects(m))
        .count();
  }

  private static boolean isObjects(Method method) {
    return Stream.of("equals", "hashCode", "toString").anyMatch(method.getName()::equals);
  }

  static Object sensible(Class<?> type) {
    return proxy(type, (method, arguments) -> answer(method.getReturnType(), arguments));
  }

  static List<Offer> hostile(Class<?> type) {
    return List.of(
        Offer.of("() -> null", proxy(type, (method, arguments) -> nothing(method.getReturnType()))),
        Offer.of(
            "() -> throw",
            proxy(
                type,
                (method, arguments) -> {
                  throw new Thrown();
                })),
        Offer.of("() -> nonsense", proxy(type, Lambdas::nonsense)));
  }

  private interface Body {
    Object call(Method method, Object[] arguments) throws Throwable;
  }

  private static Object proxy(Class<?> type, Body body) {
    InvocationHandler handler =
        (self, method, arguments) -> {
          if (isObjects(method)) {
            return switch (method.getName()) {
              case "equals" -> self == arguments[0];
              case "hashCode" -> System.identityHashCode(self);
              default -> "a function of the reader's own";
            };
          }
          return method.isDefault() && !isToldAlone(type)
              ? InvocationHandler.invokeDefault(self, method, arguments)
              : body.call(method, arguments);
        };
    return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler);
  }

  /** An expression of the expressions given, a model for a candidate, a number. */
  private static Object answer(Class<?> type, Object[] arguments) {
    Object[] given = arguments == null ? new Object[0] : arguments;
    if (type == Object.class) {
      List<Expr> formulas =
          Arrays.stream(given).filter(Expr.class::isInstance).map(Expr.class::cast).toList();
      return formulas.isEmpty()
          ? new Sensible().model()
          : formulas.stream().reduce(Expr::minus).orElseThrow().square();
    }
    return type == Model.class ? new Sensible().model() : nothing(type, 0.5);
  }

  private static Object nonsense(Method method, Object[] arguments) {
    return nothing(method.getReturnType(), Double.NaN);
  }

  private static Object nothing(Class<?> type) {
    return nothing(type, -1);
  }

  private static Object nothing(Class<?> type, double number) {
    if (type == double.class) {
      return number;
    }
    if (type == float.class) {
      return (float) number;
    }
    if (type == int.class) {
      return Double.isNaN(number) ? Integer.MIN_VALUE : (int) number;
    }
    if (type == long.class) {
      return Double.isNaN(number) ? Long.MIN_VALUE : (long) number;
    }
    return type == boolean.class ? (Object) true : null;
  }
}
