package org.lossbook.hostile;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.lossbook.Lossbook;
import org.lossbook.callback.Callback;
import org.lossbook.engine.Initializer;
import org.lossbook.metric.Metric;
import org.lossbook.model.Model;
import org.lossbook.optimizer.ClippedNorms;
import org.lossbook.optimizer.Optimizer;
import org.lossbook.plot.Drawable;
import org.lossbook.plot.Figure;

/**
 * Calls every factory, every method of what they return, and so on, with arguments that make sense
 * and with such that make none; runs in a process of its own and says what came that was neither a
 * value nor an error of the library's form.
 */
public final class EveryCall {
  // The library's own loops drive them, once a batch, with arrays that were checked before.
  private static final List<Class<?>> DRIVEN =
      List.of(
          Metric.Tally.class,
          Optimizer.Updater.class,
          Callback.Watcher.class,
          ClippedNorms.class,
          Initializer.class);

  private static final int DEEPEST = 4;
  private static final int TRIES = 12;
  private static final int MOST_SHOWN = 2; // a picture takes a while
  private static final int ALL_HOSTILE = 4;
  private static final int WHOLLY = 2;
  private static final int SOME = 4;
  // They ask the network; a dataset of any other factory stands for theirs.
  private static final Set<String> NOT_CALLED =
      Set.of("mnist", "fashionMnist", "digits", "wait", "notify", "notifyAll", "getClass");

  private final Arguments arguments = new Arguments();
  private final Map<Class<?>, Object> met = new LinkedHashMap<>();
  private final Set<String> done = new HashSet<>();
  private final Deque<Receiver> queue = new ArrayDeque<>();
  private final Random random = new Random(1);
  private final Watch watch;
  private final Map<Method, Integer> shown = new HashMap<>();
  private final Map<Method, Integer> known = new HashMap<>();
  private int methods;

  /** A few of many, where the same method was tried with all of them on others of its kind. */
  private List<Offer> some(List<Offer> all) {
    List<Offer> mixed = new ArrayList<>(all);
    Collections.shuffle(mixed, random);
    return mixed.subList(0, Math.min(SOME, mixed.size()));
  }

  /** Something whose methods are called. */
  private record Receiver(String text, Class<?> type, Object value, int depth) {}

  private EveryCall(Watch watch) {
    this.watch = watch;
  }

  /** Writes a line for each fault, and how much was called at the end. */
  public static void main(String[] names) throws IOException {
    Sensible.writeFiles();
    var watch = new Watch();
    var calls = new EveryCall(watch);
    calls.queue.add(new Receiver("Lossbook", Lossbook.class, null, 0));
    while (!calls.queue.isEmpty()) {
      calls.callAll(calls.queue.poll());
    }
    watch.say(
        "DONE %d calls of %d methods of %d classes"
            .formatted(watch.calls(), calls.methods, calls.met.size()));
    Runtime.getRuntime().halt(0);
  }

  private void callAll(Receiver receiver) {
    Arrays.stream(receiver.type().getMethods())
        .filter(m -> !m.isBridge() && !m.isSynthetic() && !NOT_CALLED.contains(m.getName()))
        .filter(m -> !(receiver.type().isEnum() && isJavas(m)))
        .filter(m -> receiver.value() != null || Modifier.isStatic(m.getModifiers()))
        .sorted(Comparator.comparing(Method::toGenericString))
        .forEach(m -> accessible(m, receiver.type()).ifPresent(method -> call(receiver, method)));
  }

  /** The compiler's own in an enum. */
  private static boolean isJavas(Method method) {
    return method.getName().equals("valueOf") || method.getName().equals("values");
  }

  /** The same method where it is declared in public. */
  private static Optional<Method> accessible(Method method, Class<?> type) {
    if (Modifier.isPublic(method.getDeclaringClass().getModifiers())) {
      boolean isOurs = method.getDeclaringClass().getName().startsWith("org.lossbook.");
      return isOurs ? Optional.of(method) : Optional.empty();
    }
    List<Class<?>> above = new ArrayList<>(Arrays.asList(type.getInterfaces()));
    if (type.getSuperclass() != null) {
      above.add(type.getSuperclass());
    }
    return above.stream()
        .flatMap(
            each -> Stream.concat(find(each, method).stream(), accessible(method, each).stream()))
        .findFirst();
  }

  private static Optional<Method> find(Class<?> type, Method method) {
    try {
      Method found = type.getMethod(method.getName(), method.getParameterTypes());
      boolean isOurs = found.getDeclaringClass().getName().startsWith("org.lossbook.");
      return isOurs && Modifier.isPublic(found.getDeclaringClass().getModifiers())
          ? Optional.of(found)
          : Optional.empty();
    } catch (NoSuchMethodException e) {
      return Optional.empty();
    }
  }

  /** What a parameter is for: a folder of pictures is no other file. */
  private static String name(Method method, Parameter parameter) {
    return method.getName().equals("imageFolder") ? "folder" : parameter.getName();
  }

  private void call(Receiver receiver, Method method) {
    boolean isStatic = Modifier.isStatic(method.getModifiers());
    if (!done.add(
        (isStatic ? method.getDeclaringClass() : receiver.type()).getName()
            + method.toGenericString())) {
      return;
    }
    methods++;
    Parameter[] parameters = method.getParameters();
    List<List<Offer>> sensible =
        Arrays.stream(parameters)
            .map(p -> arguments.sensible(p.getParameterizedType(), name(method, p), met))
            .toList();
    Offer[] good = sensibleCall(receiver, method, sensible);
    if (parameters.length == 0) {
      return;
    }
    List<List<Offer>> hostile =
        Arrays.stream(parameters)
            .map(p -> arguments.hostile(p.getParameterizedType()))
            .map(all -> known.merge(method, 1, Integer::sum) > WHOLLY ? some(all) : all)
            .toList();
    for (int i = 0; i < parameters.length; i++) {
      for (Offer each : hostile.get(i)) {
        Offer[] all = good.clone();
        all[i] = each;
        tried(receiver, method, all);
      }
    }
    for (int n = 0; parameters.length > 1 && n < ALL_HOSTILE; n++) {
      Offer[] all = new Offer[parameters.length];
      for (int i = 0; i < all.length; i++) {
        List<Offer> from = hostile.get(i).isEmpty() ? sensible.get(i) : hostile.get(i);
        all[i] = from.get(random.nextInt(from.size()));
      }
      tried(receiver, method, all);
    }
  }

  /** Tries what makes sense until it does, and goes on with what came; says with what it did. */
  private Offer[] sensibleCall(Receiver receiver, Method method, List<List<Offer>> sensible) {
    Offer[] first = new Offer[sensible.size()];
    for (int n = 0; n < TRIES && (n == 0 || first.length > 0); n++) {
      Offer[] all = new Offer[first.length];
      for (int i = 0; i < all.length; i++) {
        List<Offer> from = sensible.get(i);
        all[i] =
            from.get(n < TRIES / 2 ? Math.min(n, from.size() - 1) : random.nextInt(from.size()));
      }
      first = n == 0 ? all : first;
      var outcome = watch.call(text(receiver, method, all), () -> invoke(receiver, method, all));
      if (outcome.isValue()) {
        meet(text(receiver, method, all), outcome.value(), receiver.depth() + 1);
        return all;
      }
    }
    String whose = receiver.value() == null ? "NEVER A FACTORY " : "NEVER ";
    watch.say(whose + text(receiver, method, first));
    return first;
  }

  private void tried(Receiver receiver, Method method, Offer[] all) {
    String text = text(receiver, method, all);
    var outcome = watch.call(text, () -> invoke(receiver, method, all));
    if (outcome.isValue() && outcome.value() != null && isOurs(outcome.value().getClass())) {
      Object value = outcome.value();
      boolean isDrawn = value instanceof Drawable || value instanceof Figure;
      boolean isShown = shown.merge(method, 1, Integer::sum) <= MOST_SHOWN;
      List<String> views =
          isShown ? List.of("toString", "mimeBundle") : isDrawn ? List.of() : List.of("toString");
      if (isShown) {
        watch.call(text + ", used", () -> Use.of(value));
      }
      for (String name : views) {
        Arrays.stream(value.getClass().getMethods())
            .filter(m -> m.getName().equals(name) && m.getParameterCount() == 0 && !m.isBridge())
            .findFirst()
            .flatMap(m -> accessible(m, value.getClass()))
            .ifPresent(m -> watch.call(text + "." + name + "()", () -> unwrapped(m, value)));
      }
    }
  }

  private Object invoke(Receiver receiver, Method method, Offer[] offers) throws Throwable {
    Object[] values = Arrays.stream(offers).map(offer -> offer.value().get()).toArray();
    // A model has state, and a call may close it.
    Object on = receiver.value() instanceof Model ? new Sensible().model() : receiver.value();
    return unwrapped(method, on, values);
  }

  private static Object unwrapped(Method method, Object on, Object... values) throws Throwable {
    try {
      return method.invoke(on, values);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private void meet(String text, Object value, int depth) {
    if (value == null || depth > DEEPEST) {
      return;
    }
    if (value instanceof Optional<?> optional) {
      optional.ifPresent(each -> meet(text + ".get()", each, depth));
    } else if (value instanceof Collection<?> all) {
      all.stream().limit(3).forEach(each -> meet(text + "[…]", each, depth));
    } else if (value instanceof Map<?, ?> map) {
      map.values().stream().limit(3).forEach(each -> meet(text + "[…]", each, depth));
    } else if (value instanceof Object[] all) {
      Arrays.stream(all).limit(3).forEach(each -> meet(text + "[…]", each, depth));
    } else if (value instanceof Iterable<?> all && !(value instanceof Path)) {
      all.forEach(each -> meet(text + "[…]", each, depth));
    }
    if (isOurs(value.getClass())
        && DRIVEN.stream().noneMatch(each -> each.isInstance(value))
        && met.putIfAbsent(value.getClass(), value) == null) {
      queue.add(new Receiver(text, value.getClass(), value, depth));
    }
  }

  private static boolean isOurs(Class<?> type) {
    return type.getName().startsWith("org.lossbook.")
        && !type.isSynthetic()
        && !type.getName().startsWith("org.lossbook.hostile.");
  }

  private static String text(Receiver receiver, Method method, Offer[] all) {
    var text = new StringBuilder(receiver.text()).append('.').append(method.getName()).append('(');
    for (int i = 0; i < all.length; i++) {
      text.append(i == 0 ? "" : ", ").append(all[i].text());
    }
    return text.append(')').toString();
  }
}
