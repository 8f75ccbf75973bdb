package org.lossbook.hostile;

import static org.lossbook.Lossbook.*;

import java.awt.image.BufferedImage;
import java.io.File;
import java.lang.reflect.Array;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.lossbook.layer.Layer;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** What a parameter is given, by its type: what makes sense, and what does not. */
final class Arguments {
  private static final Offer NULL = Offer.of("null", null);
  private static final int MANY = 30_000;
  private static final double[] MANY_NUMBERS = new double[MANY];

  private final Sensible sensible = new Sensible();

  /** What makes sense, the best first; what is made of a class that has been met is among it. */
  List<Offer> sensible(Type type, String name, Map<Class<?>, Object> met) {
    Class<?> raw = raw(type);
    if (raw == Layer[].class) {
      return List.of(new Offer("layers", () -> new Layer[] {input(2), dense(2)}));
    }
    if (raw == List.class && raw(element(type)) == Layer.class) {
      return List.of(new Offer("layers", () -> List.of(input(2), dense(2))));
    }
    if (raw == Layer.class && name.equals("forward")) { // they go in different directions
      return List.of(new Offer("lstm(2)", () -> lstm(2)));
    }
    if (raw == Layer.class && name.equals("backward")) {
      return List.of(new Offer("lstm(2).goBackwards()", () -> lstm(2).goBackwards()));
    }
    List<Offer> known = sensible.of(raw, name);
    if (!known.isEmpty()) {
      return known;
    }
    if (raw.isArray()) {
      return sensible(element(type), name, met).stream()
          .map(each -> new Offer("[" + each.text() + "]", () -> array(raw, each.value().get())))
          .toList();
    }
    if (Collection.class.isAssignableFrom(raw) || raw == Iterable.class) {
      return sensible(element(type), name, met).stream()
          .map(
              each ->
                  new Offer(
                      "List.of(" + each.text() + ")",
                      () -> Collections.singletonList(each.value().get())))
          .toList();
    }
    if (raw.isEnum()) {
      return List.of(Offer.of(raw.getEnumConstants()[0]));
    }
    if (raw == Path.class || raw == File.class) {
      return sensible.of(String.class, "path").stream()
          .map(each -> new Offer(each.text(), () -> file(raw, (String) each.value().get())))
          .toList();
    }
    List<Offer> others = new ArrayList<>();
    met.values().stream()
        .filter(raw::isInstance)
        .limit(2)
        .forEach(each -> others.add(Offer.of("a " + each.getClass().getSimpleName(), each)));
    if (others.isEmpty() && Lambdas.isOne(raw)) {
      others.add(Offer.of("() -> …", Lambdas.sensible(raw)));
    }
    return others.isEmpty() ? List.of(NULL) : others;
  }

  /** What makes none. */
  List<Offer> hostile(Type type) {
    Class<?> raw = raw(type);
    if (raw == int.class || raw == Integer.class) {
      return boxed(raw, 0, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 1 << 30, 46_341);
    }
    if (raw == long.class || raw == Long.class) {
      return boxed(raw, 0L, -1L, Long.MAX_VALUE, Long.MIN_VALUE);
    }
    if (raw == double.class || raw == Double.class) {
      return boxed(
          raw,
          Double.NaN,
          Double.POSITIVE_INFINITY,
          Double.NEGATIVE_INFINITY,
          0.0,
          -1.0,
          Double.MAX_VALUE,
          Double.MIN_VALUE);
    }
    if (raw == float.class) {
      return boxed(raw, Float.NaN, Float.POSITIVE_INFINITY, 0f, -1f);
    }
    if (raw == boolean.class) {
      return List.of();
    }
    if (raw == char.class) {
      return boxed(raw, '\0', '\n', '"', 'a', '#', ' ');
    }
    if (raw == String.class) {
      return texts();
    }
    if (raw == Object.class) {
      return objects();
    }
    List<Offer> all = new ArrayList<>(List.of(NULL));
    if (raw.isArray()) {
      arrays(raw, element(type), all);
    } else if (Collection.class.isAssignableFrom(raw) || raw == Iterable.class) {
      all.add(Offer.of("List.of()", List.of()));
      all.add(Offer.of("List(null)", Arrays.asList((Object) null)));
      all.add(Offer.of("List(\"text\")", List.of("text")));
      all.add(Offer.of("List.of(List.of())", List.of(List.of())));
    } else if (raw == Map.class) {
      all.add(Offer.of("Map.of()", Map.of()));
      all.add(Offer.of("{null=null}", Collections.singletonMap(null, null)));
      all.add(Offer.of("{-1=NaN}", Map.of(-1, Double.NaN)));
      all.add(Offer.of("{MAX=-1}", Map.of(Integer.MAX_VALUE, -1)));
      all.add(Offer.of("{0=null}", nullAt(0)));
      all.add(Offer.of("{a=b}", Map.of("a", "b")));
    } else if (raw == Table.class) {
      all.addAll(tables());
    } else if (raw == BufferedImage.class) {
      all.add(Offer.of("1×1", new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_BINARY)));
    } else if (raw == Path.class || raw == File.class) {
      Stream.of("", "missing", ".", "missing/a/b")
          .forEach(name -> all.add(Offer.of("path " + name, file(raw, name))));
    } else if (raw == Class.class) {
      all.add(Offer.of("Void.class", Void.class));
    } else if (Lambdas.isOne(raw)) {
      all.addAll(Lambdas.hostile(raw));
    }
    return all;
  }

  private static List<Offer> boxed(Class<?> type, Object... values) {
    List<Offer> all = new ArrayList<>();
    if (!type.isPrimitive()) {
      all.add(NULL);
    }
    Arrays.stream(values).map(Offer::of).forEach(all::add);
    return all;
  }

  private static List<Offer> texts() {
    List<Offer> all = new ArrayList<>(List.of(NULL));
    Stream.of(
            "",
            " ",
            "unknown",
            "a/b",
            "..",
            ".",
            "missing/directory/file",
            "%s %d",
            "\0",
            "\n",
            "<b>&\"'",
            "$\\{",
            "{0}")
        .forEach(text -> all.add(Offer.of("\"" + text + "\"", text)));
    all.add(Offer.of("a long text", "long ".repeat(20_000)));
    return all;
  }

  private static List<Offer> objects() {
    List<Offer> all = new ArrayList<>(List.of(NULL));
    put(all, "text", "text");
    put(all, "an Object", new Object());
    put(all, "NaN", Double.NaN);
    put(all, "-1", -1);
    put(all, "Integer.MAX_VALUE", Integer.MAX_VALUE);
    put(all, "Long.MIN_VALUE", Long.MIN_VALUE);
    put(all, "10^400", BigInteger.TEN.pow(400));
    put(all, "'c'", 'c');
    put(all, "true", true);
    put(all, "double[0]", new double[0]);
    put(all, "double[0][]", new double[0][]);
    put(all, "double[1][0]", new double[1][0]);
    put(all, "double[1][]", new double[1][]);
    put(all, "ragged", new double[][] {{1}, {1, 2}});
    put(all, "ragged in depth", new double[][][] {{{1}}, {}});
    put(all, "{{1}, null}", new double[][] {{1}, null});
    put(all, "{NaN, ∞}", new double[] {Double.NaN, Double.POSITIVE_INFINITY});
    put(all, "{{NaN, -∞}}", new float[][] {{Float.NaN, Float.NEGATIVE_INFINITY}});
    put(all, "{1e308, -1e308}", new double[] {1e308, -1e308});
    put(all, "Double[]{null}", new Double[] {null});
    put(all, "Object[]{1, text}", new Object[] {1, "text"});
    put(all, "Object[]{null}", new Object[] {null});
    put(all, "boolean[]", new boolean[] {true});
    put(all, "char[]", new char[] {'c'});
    put(all, "String[]", new String[] {"a"});
    put(all, "List.of()", List.of());
    put(all, "List(null)", Arrays.asList((Object) null));
    put(all, "List(1, 2)", List.of(1, 2));
    put(all, "Map.of()", Map.of());
    put(all, "int[2][2][2][2]", new int[2][2][2][2]);
    put(all, "many numbers", MANY_NUMBERS);
    put(all, "String.class", String.class);
    all.addAll(tables());
    all.add(new Offer("model", new Sensible()::model));
    return all;
  }

  private static void put(List<Offer> all, String text, Object value) {
    all.add(Offer.of(text, value));
  }

  private static List<Offer> tables() {
    return List.of(
        Offer.of("an empty table", Table.create()),
        Offer.of("a table without rows", Table.create("t", DoubleColumn.create("a"))),
        Offer.of(
            "a table of holes",
            Table.create("t", DoubleColumn.create("a", new Double[] {null, null}))),
        Offer.of("a table of words", Table.create("t", StringColumn.create("a", "u", "v"))));
  }

  private void arrays(Class<?> raw, Type element, List<Offer> all) {
    Class<?> of = raw.getComponentType();
    all.add(Offer.of("[]", Array.newInstance(of, 0)));
    if (!of.isPrimitive()) {
      all.add(Offer.of("[null]", Array.newInstance(of, 1)));
      all.add(Offer.of("[null, null, null]", Array.newInstance(of, 3)));
    }
    if (raw == double[].class) {
      all.add(Offer.of("many numbers", MANY_NUMBERS));
    }
    if (raw == int[].class) {
      int most = Integer.MAX_VALUE;
      all.add(Offer.of("[MAX, MAX, MAX]", new int[] {most, most, most}));
      all.add(Offer.of("[65536, 65536]", new int[] {1 << 16, 1 << 16}));
      all.add(Offer.of("[65536, 32768, 1]", new int[] {1 << 16, 1 << 15, 1}));
    }
    if (of != Object.class) {
      for (Offer each : hostile(element)) {
        if (each != NULL) {
          all.add(new Offer("[" + each.text() + "]", () -> array(raw, each.value().get())));
        }
      }
    }
  }

  private static Map<Object, Object> nullAt(Object key) {
    Map<Object, Object> map = new LinkedHashMap<>();
    map.put(key, null);
    return map;
  }

  private static Object array(Class<?> type, Object only) {
    Object array = Array.newInstance(type.getComponentType(), 1);
    Array.set(array, 0, only);
    return array;
  }

  private static Object file(Class<?> type, String name) {
    return type == Path.class ? Path.of(name) : new File(name);
  }

  static Class<?> raw(Type type) {
    if (type instanceof Class<?> known) {
      return known;
    }
    if (type instanceof ParameterizedType generic) {
      return raw(generic.getRawType());
    }
    if (type instanceof WildcardType wildcard) {
      return raw(wildcard.getUpperBounds()[0]);
    }
    if (type instanceof TypeVariable<?> variable) {
      return raw(variable.getBounds()[0]);
    }
    Type component = ((java.lang.reflect.GenericArrayType) type).getGenericComponentType();
    return Array.newInstance(raw(component), 0).getClass();
  }

  private static Type element(Type type) {
    if (type instanceof Class<?> known && known.isArray()) {
      return known.getComponentType();
    }
    if (type instanceof java.lang.reflect.GenericArrayType generic) {
      return generic.getGenericComponentType();
    }
    return type instanceof ParameterizedType generic
        ? generic.getActualTypeArguments()[0]
        : Object.class;
  }
}
