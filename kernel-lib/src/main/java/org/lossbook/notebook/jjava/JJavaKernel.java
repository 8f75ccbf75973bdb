package org.lossbook.notebook.jjava;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.lossbook.notebook.rendering.KernelRenderer;

/**
 * The JJava kernel of this process, called by name: JJava is not a dependency, and what is compiled
 * against one of its releases does not link with the next, where a method returns another type.
 */
final class JJavaKernel implements KernelRenderer {
  private static final String PACKAGE = "org.dflib.jjava.jupyter.kernel.";

  private final Object kernel;
  private final Object renderer;

  private JJavaKernel(Object kernel) {
    this.kernel = kernel;
    this.renderer = call(kernel, "getRenderer");
  }

  /** The kernel, if this process is JJava. */
  static Optional<JJavaKernel> find() {
    try {
      Object running =
          Class.forName(PACKAGE + "BaseKernel").getMethod("notebookKernel").invoke(null);
      return Optional.of(new JJavaKernel(running));
    } catch (ReflectiveOperationException e) {
      return Optional.empty(); // another program, or one that has JJava's jar and runs no notebook
    }
  }

  /** The representations of {@code value}, to be shown in the display {@code id}. */
  Object data(String id, Object value) {
    Object data = call(renderer, "render", value);
    call(data, "putTransientData", "display_id", id);
    return data;
  }

  /** Opens the display that {@code data} names. */
  void display(Object data) {
    call(kernel, "display", data);
  }

  /** Replaces the content of the display that {@code data} names. */
  void updateDisplay(Object data) {
    Object io = call(kernel, "getIO");
    try {
      call(io.getClass().getField("display").get(io), "updateDisplay", data);
    } catch (ReflectiveOperationException e) {
      throw unknown(e);
    }
  }

  @Override
  public <T> void register(Class<T> type, Function<? super T, Map<String, String>> bundle) {
    Object registration = call(renderer, "createRegistration", type);
    Class<?> function = type("display.RenderFunction");
    call(
        registration,
        "register",
        Proxy.newProxyInstance(
            function.getClassLoader(),
            new Class<?>[] {function},
            (proxy, method, arguments) -> {
              if (method.getDeclaringClass() == Object.class) {
                return method.invoke(bundle, arguments);
              }
              put(arguments[1], bundle.apply(type.cast(arguments[0])));
              return null;
            }));
  }

  @Override
  public String plain(Object value) {
    return String.valueOf(call(call(renderer, "render", value), "getData", mime("text/plain")));
  }

  private void put(Object context, Map<String, String> bundle) {
    Object out = call(context, "getOutputContainer");
    bundle.forEach(
        (type, data) -> {
          if ((boolean) call(context, "wantsDataRenderedAs", mime(type))) {
            call(out, "putData", type, data);
          }
        });
  }

  private Object mime(String type) {
    try {
      return type("display.mime.MIMEType").getMethod("parse", String.class).invoke(null, type);
    } catch (ReflectiveOperationException e) {
      throw unknown(e);
    }
  }

  private Class<?> type(String name) {
    try {
      return Class.forName(PACKAGE + name, true, renderer.getClass().getClassLoader());
    } catch (ClassNotFoundException e) {
      throw unknown(e);
    }
  }

  /** Calls the public method {@code name} that takes {@code arguments}. */
  private static Object call(Object target, String name, Object... arguments) {
    for (Method method : target.getClass().getMethods()) {
      if (method.getName().equals(name) && takes(method.getParameterTypes(), arguments)) {
        try {
          return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
          if (e.getCause() instanceof RuntimeException own) {
            throw own;
          }
          if (e.getCause() instanceof Error own) {
            throw own;
          }
          throw unknown(e);
        } catch (IllegalAccessException e) {
          throw unknown(e);
        }
      }
    }
    throw unknown(new NoSuchMethodException(target.getClass().getName() + "." + name));
  }

  private static boolean takes(Class<?>[] types, Object[] arguments) {
    if (types.length != arguments.length) {
      return false;
    }
    for (int i = 0; i < types.length; i++) {
      if (!types[i].isInstance(arguments[i])) {
        return false;
      }
    }
    return true;
  }

  private static IllegalStateException unknown(ReflectiveOperationException e) {
    return new IllegalStateException(
        "Lossbook knows JJava 1.0a8, and this one has other methods: run pip install jjava==1.0a8.",
        e);
  }
}
