package org.lossbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lossbook.Lossbook.*;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a reader meets behind each factory. */
class LossbookTest {
  static Stream<Class<?>> kinds() {
    return Arrays.stream(Lossbook.class.getMethods())
        .filter(method -> Modifier.isStatic(method.getModifiers()))
        .<Class<?>>map(Method::getReturnType)
        .filter(kind -> kind.getName().startsWith("org.lossbook."))
        .distinct();
  }

  /** A kernel's Tab key lists no method whose class is not public, though a cell may call it. */
  @ParameterizedTest
  @MethodSource("kinds")
  void everythingThatCanBeCalledIsOfferedByTab(Class<?> kind) {
    List<String> hidden = new ArrayList<>();
    for (Class<?> up = kind; up != null; up = up.getSuperclass()) {
      if (!Modifier.isPublic(up.getModifiers())) {
        Arrays.stream(up.getDeclaredMethods())
            .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
            .forEach(method -> hidden.add(method.getName()));
      }
    }
    assertThat(hidden).isEmpty();
  }

  @Test
  void whatACellEndsWithSaysWhatItIs() {
    assertThat(
            Stream.of(
                    accuracy(), auc(), f1(), precision(), recall(), specificity(), falsePositives())
                .map(Object::toString))
        .containsExactly(
            "accuracy", "auc", "f1_score", "precision", "recall", "specificity", "false_positives");
    var two = dataset(List.of(matrix(row(1, 2)), matrix(row(3))), matrix(row(4)));
    assertThat(two).hasToString("1 samples [2] and [1], targets [1]");
  }
}
