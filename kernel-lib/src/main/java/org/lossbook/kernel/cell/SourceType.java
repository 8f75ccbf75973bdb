package org.lossbook.kernel.cell;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes a type as source code that needs no import. */
final class SourceType {
  private SourceType() {}

  /** The source for {@code type}; empty if it has no name that a cell could write. */
  static Optional<String> of(Type type) {
    if (type instanceof Class<?> plain) {
      return plain(plain);
    }
    if (type instanceof GenericArrayType array) {
      return of(array.getGenericComponentType()).map(part -> part + "[]");
    }
    if (type instanceof WildcardType wildcard) {
      Type[] lower = wildcard.getLowerBounds();
      return lower.length > 0
          ? of(lower[0]).map(bound -> "? super " + bound)
          : of(wildcard.getUpperBounds()[0]).map(bound -> "? extends " + bound);
    }
    if (type instanceof ParameterizedType generic) {
      List<String> arguments = new ArrayList<>();
      for (Type each : generic.getActualTypeArguments()) {
        Optional<String> argument = of(each);
        if (argument.isEmpty()) {
          return Optional.empty();
        }
        arguments.add(argument.get());
      }
      return of(generic.getRawType()).map(raw -> raw + "<" + String.join(", ", arguments) + ">");
    }
    return Optional.empty();
  }

  private static Optional<String> plain(Class<?> type) {
    if (type.isArray()) {
      return plain(type.getComponentType()).map(part -> part + "[]");
    }
    String name = type.getCanonicalName();
    if (name == null || name.contains("$JShell$anonymous$")) {
      return Optional.empty();
    }
    if (name.startsWith(CellNames.PACKAGE)) {
      // The class around the snippet has no name in cells.
      return Optional.of(name.substring(name.indexOf('.', CellNames.PACKAGE.length()) + 1));
    }
    return type.isPrimitive() || Modifier.isPublic(type.getModifiers())
        ? Optional.of(name)
        : Optional.empty();
  }
}
