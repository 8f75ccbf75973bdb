package org.lossbook.card;

import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.lossbook.layer.Layer;
import org.lossbook.layer.LayerWithActivation;
import org.lossbook.layer.activation.ActivationLayer;
import org.lossbook.loss.Loss;
import org.lossbook.loss.adversarial.AdversarialPair;
import org.lossbook.metric.Metric;
import org.lossbook.optimizer.Optimizer;

/** The factories of a class, and the card of what each of them makes. */
final class Factories {
  /** What a reader gives them: these take a formula, a name or a network of the reader's own. */
  private static final Set<String> OWN = Set.of("loss", "metric", "layer", "activation");

  /** Models are layers too, but have no card. */
  private static final String LAYERS = Layer.class.getPackageName() + ".";

  private static final Map<String, int[]> INTEGERS =
      Map.of("targetClassIds", new int[] {0}, "axes", new int[] {}, "dims", new int[] {2, 1});

  private final Class<?> factories;

  Factories(Class<?> factories) {
    this.factories = factories;
  }

  /** All cards by their group and then by name. */
  Map<String, List<Card>> cards() {
    Map<String, List<Card>> groups = new LinkedHashMap<>();
    for (String group : List.of("Losses", "Metrics", "Optimizers", "Activations", "Layers")) {
      groups.put(group, new ArrayList<>());
    }
    for (Method factory : shortest()) {
      Object made = made(factory);
      if (made instanceof AdversarialPair pair) {
        groups.get("Losses").add(Card.card(pair));
      } else if (made instanceof Metric metric) {
        groups.get(made instanceof Loss ? "Losses" : "Metrics").add(Card.card(metric));
      } else if (made instanceof Optimizer optimizer) {
        groups.get("Optimizers").add(Card.card(optimizer));
      } else {
        groups.get("Layers").add(Card.card((Layer) made));
      }
    }
    activations().forEach(layer -> groups.get("Activations").add(Card.card(layer)));
    groups.replaceAll((group, cards) -> once(cards));
    return groups;
  }

  /** Several factories, such as mse and meanSquaredError, make the same. */
  private static List<Card> once(List<Card> cards) {
    Map<String, Card> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    cards.forEach(card -> byName.putIfAbsent(card.title(), card));
    return List.copyOf(byName.values());
  }

  /** The factory of each name that asks for least. */
  private List<Method> shortest() {
    Map<String, Method> byName = new TreeMap<>();
    Arrays.stream(factories.getMethods())
        .filter(
            method -> Modifier.isStatic(method.getModifiers()) && !OWN.contains(method.getName()))
        .filter(method -> isShown(method.getReturnType()))
        .sorted(
            Comparator.comparingInt(Method::getParameterCount)
                .thenComparing(method -> !method.isVarArgs())
                .thenComparing(Method::toGenericString))
        .forEach(
            method -> byName.putIfAbsent(method.getName() + group(method.getReturnType()), method));
    return List.copyOf(byName.values());
  }

  private static boolean isShown(Class<?> type) {
    return !group(type).isEmpty();
  }

  private static String group(Class<?> type) {
    return List.of(Loss.class, AdversarialPair.class, Metric.class, Optimizer.class, Layer.class)
        .stream()
        .filter(kind -> kind.isAssignableFrom(type))
        .filter(kind -> kind != Layer.class || type.getName().startsWith(LAYERS))
        .map(Class::getSimpleName)
        .findFirst()
        .orElse("");
  }

  private Object made(Method factory) {
    return call(
        factory, null, Arrays.stream(factory.getParameters()).map(this::argument).toArray());
  }

  /** Something that each parameter takes. */
  private Object argument(Parameter parameter) {
    Class<?> type = parameter.getType();
    String name = parameter.getName();
    if (type == int.class) {
      return name.equals("filters") ? 1 : 2;
    } else if (type == double.class) {
      return inBits(parameter) ? 4 : 0.5;
    } else if (type == double[].class) {
      return new double[] {0.5};
    } else if (type == int[].class) {
      return INTEGERS.getOrDefault(name, new int[] {2});
    } else if (type == String.class) {
      return name.equals("equation") ? "bi,io->bo" : "horizontal";
    } else if (List.class.isAssignableFrom(type)) {
      return List.of(named("lstmCell"));
    } else if (type == Layer[].class) {
      return new Layer[] {(Layer) named("flatten")};
    } else if (type.isArray()) {
      return Array.newInstance(type.getComponentType(), 0);
    }
    return named(
        type == Layer.class ? "lstm" : Loss.class.isAssignableFrom(type) ? "mse" : "lstmCell");
  }

  private static boolean inBits(Parameter parameter) {
    return ((Method) parameter.getDeclaringExecutable()).getName().equals("randomPosterization");
  }

  private Object named(String name) {
    return shortest().stream()
        .filter(method -> method.getName().equals(name))
        .map(this::made)
        .findFirst()
        .orElseThrow();
  }

  /** A layer for each activation function that layers have a call for. */
  private static List<ActivationLayer> activations() {
    ActivationLayer any = new ActivationLayer("relu");
    return Arrays.stream(LayerWithActivation.class.getMethods())
        .filter(method -> method.getDeclaringClass() == LayerWithActivation.class)
        .filter(method -> method.getParameterCount() == 0)
        .filter(method -> LayerWithActivation.class.isAssignableFrom(method.getReturnType()))
        .map(method -> (ActivationLayer) call(method, any))
        .toList();
  }

  private static Object call(Method method, Object on, Object... arguments) {
    try {
      return method.invoke(on, arguments);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(method + " is public", e);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(method + " refuses its example", e.getCause());
    }
  }
}
