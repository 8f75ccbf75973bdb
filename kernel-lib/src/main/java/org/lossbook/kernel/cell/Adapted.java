package org.lossbook.kernel.cell;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.lossbook.base.Messages;

/** Lets a lambda, made for an interface before an edit, be one of the edited interface. */
record Adapted(Object original) implements InvocationHandler {
  /**
   * {@code value} as an object of the newest version of its interfaces; {@code value} itself if
   * these are what they were.
   */
  static Object of(Object value, UnaryOperator<Class<?>> newest) {
    Class<?> type = value.getClass();
    Class<?>[] before = type.getInterfaces();
    Class<?>[] now = Arrays.stream(before).map(newest).toArray(Class<?>[]::new);
    boolean bound = type.getSuperclass() != Object.class;
    return Arrays.equals(before, now) || bound
        ? value
        : Proxy.newProxyInstance(now[0].getClassLoader(), now, new Adapted(value));
  }

  /** What {@code value} was before it was adapted. */
  static Object original(Object value) {
    return value != null
            && Proxy.isProxyClass(value.getClass())
            && Proxy.getInvocationHandler(value) instanceof Adapted adapted
        ? adapted.original
        : value;
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
    if (method.isDefault()) {
      return InvocationHandler.invokeDefault(proxy, method, arguments);
    }
    if (method.getName().equals("equals") && method.getParameterCount() == 1) {
      return original.equals(original(arguments[0]));
    }
    Method old = find(original.getClass(), method);
    if (old == null) {
      throw new AbstractMethodError(
          Messages.of(
              "%s has no %s: it was made before this was added, so run its cell again.",
              method.getDeclaringClass().getSimpleName(), method.getName()));
    }
    old.setAccessible(true);
    try {
      return old.invoke(original, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static Method find(Class<?> type, Method asked) {
    for (Method each : type.getMethods()) {
      if (each.getName().equals(asked.getName())
          && each.getParameterCount() == asked.getParameterCount()
          && Arrays.equals(each.getParameterTypes(), asked.getParameterTypes())) {
        return each;
      }
    }
    return null;
  }
}
