package org.lossbook.training;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.lossbook.engine.Engine;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Plan;

/** An engine whose backward run is wrong by a factor for one parameter. */
public final class BrokenEngine {
  private final CompiledModel compiled;
  private final Parameters.Slot slot;
  private final float factor;

  private BrokenEngine(CompiledModel compiled, String parameter, float factor) {
    this.compiled = compiled;
    this.slot = compiled.weights().parameters().slot(parameter);
    this.factor = factor;
  }

  /** The same core with that mistake in it. */
  public static CompiledModel in(CompiledModel compiled, String parameter, float factor) {
    var broken = new BrokenEngine(compiled, parameter, factor);
    try {
      var components = CompiledModel.class.getRecordComponents();
      Object[] values = new Object[components.length];
      Class<?>[] types = new Class<?>[components.length];
      for (int i = 0; i < values.length; i++) {
        types[i] = components[i].getType();
        values[i] = components[i].getAccessor().invoke(compiled);
        if (values[i] instanceof Engine engine) {
          values[i] = broken.graphs(engine);
        }
      }
      return CompiledModel.class.getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  private Engine graphs(Engine engine) {
    return proxy(
        Engine.class,
        (self, method, arguments) -> {
          Object result = method.invoke(engine, arguments);
          return result instanceof Graph graph ? plans(graph) : result;
        });
  }

  private Graph plans(Graph graph) {
    return proxy(
        Graph.class,
        (self, method, arguments) -> {
          Object result = method.invoke(graph, arguments);
          return result instanceof Plan plan ? wrong(plan) : result;
        });
  }

  private Plan wrong(Plan plan) {
    return proxy(
        Plan.class,
        (self, method, arguments) -> {
          Object result = method.invoke(plan, arguments);
          if (method.getName().equals("backward")) {
            float[] gradient = new float[slot.size()];
            Parameters all = compiled.weights().parameters();
            all.read(Parameters.Vector.GRADIENT, slot.offset(), gradient, gradient.length);
            for (int i = 0; i < gradient.length; i++) {
              gradient[i] *= factor;
            }
            all.write(Parameters.Vector.GRADIENT, slot.offset(), gradient, gradient.length);
          }
          return result;
        });
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    InvocationHandler open =
        (self, method, arguments) -> {
          try {
            return handler.invoke(self, method, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        };
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, open));
  }
}
