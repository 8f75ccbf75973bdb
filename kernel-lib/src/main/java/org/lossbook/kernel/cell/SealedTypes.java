package org.lossbook.kernel.cell;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/**
 * Names the subclasses of a sealed type. In a file Java finds them by itself, but in a cell each
 * class is compiled like a file of its own.
 */
final class SealedTypes {
  private SealedTypes() {}

  /** {@code code} with a {@code permits} clause for each sealed type that has none. */
  static String withPermits(String code, List<String> snippets) {
    if (!code.contains("sealed")) {
      return code;
    }
    List<ClassTree> types =
        snippets.stream()
            .filter(each -> !Declared.typesAndMethods(each).isEmpty())
            .flatMap(each -> Declared.members(each).stream())
            .flatMap(SealedTypes::type)
            .toList();
    String all = code;
    for (ClassTree sealed : types) {
      boolean open =
          sealed.getModifiers().getFlags().contains(Modifier.SEALED)
              && sealed.getPermitsClause().isEmpty();
      List<String> outside = open ? subtypes(sealed, types, "") : List.of();
      if (!outside.isEmpty()) {
        String name = sealed.getSimpleName().toString();
        var permitted = new ArrayList<>(outside);
        permitted.addAll(
            subtypes(
                sealed,
                sealed.getMembers().stream().flatMap(SealedTypes::type).toList(),
                name + "."));
        Matcher header =
            Pattern.compile("\\b(?:class|interface)\\s+" + name + "\\b[^{]*").matcher(all);
        if (header.find()) {
          all =
              all.substring(0, header.end())
                  + "permits "
                  + String.join(", ", permitted)
                  + " "
                  + all.substring(header.end());
        }
      }
    }
    return all;
  }

  private static Stream<ClassTree> type(Tree tree) {
    return tree instanceof ClassTree type ? Stream.of(type) : Stream.empty();
  }

  private static List<String> subtypes(ClassTree sealed, List<ClassTree> types, String prefix) {
    String name = sealed.getSimpleName().toString();
    return types.stream()
        .filter(type -> supertypes(type).anyMatch(name::equals))
        .map(type -> prefix + type.getSimpleName())
        .toList();
  }

  /** The names of the class and interfaces that {@code type} extends, without type arguments. */
  private static Stream<String> supertypes(ClassTree type) {
    return Stream.concat(
            Stream.ofNullable(type.getExtendsClause()), type.getImplementsClause().stream())
        .map(each -> each.toString().replaceAll("<.*", ""));
  }
}
