package org.lossbook.quick;

import java.lang.reflect.Method;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * Leaves out the cases of a parameterized test that name other things than those that changed, and
 * every test once the time is over.
 */
public final class OtherCases implements InvocationInterceptor {
  private static Things things = Things.ALL;
  private static Set<String> whole = Set.of();
  private static BooleanSupplier timeIsOver = () -> false;
  private static int others;
  private static int late;

  /** From now on; the tests of these names run with all their cases. */
  static void leaveOut(Things cases, Set<String> wholeTests, BooleanSupplier over) {
    things = cases;
    whole = Set.copyOf(wholeTests);
    timeIsOver = over;
    others = 0;
    late = 0;
  }

  /** How many cases of others were left out. */
  static int others() {
    return others;
  }

  /** How many tests came too late. */
  static int late() {
    return late;
  }

  @Override
  public void interceptTestMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> called,
      ExtensionContext context)
      throws Throwable {
    if (timeIsOver.getAsBoolean()) {
      late++;
      invocation.skip();
    } else {
      invocation.proceed();
    }
  }

  @Override
  public void interceptTestTemplateMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> called,
      ExtensionContext context)
      throws Throwable {
    boolean held = !whole.contains(context.getRequiredTestClass().getName());
    if (held && things.concernsOthers(String.valueOf(called.getArguments()))) {
      others++;
      invocation.skip();
    } else {
      interceptTestMethod(invocation, called, context);
    }
  }
}
