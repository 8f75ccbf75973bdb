package org.lossbook.data;

import java.util.List;
import org.lossbook.Internal;
import org.lossbook.base.Messages;

/**
 * Targets that are names of classes, as labels: the place of each name in alphabetical order.
 *
 * @hidden
 */
@Internal
public record ClassLabels(List<String> classNames, float[] numbers) {
  private static final int SHOWN = 6;

  /** The labels of texts, one a sample, which have all classes among them. */
  public static ClassLabels of(String who, Texts given) {
    List<String> names = given.all().stream().distinct().sorted().toList();
    if (names.size() < 2) {
      throw Messages.wrong(
          "%s expects the names of two classes or more in y but all are \"%s\": there is nothing to tell apart.",
          who, names.get(0));
    }
    return of(who, given, names);
  }

  /** The labels of texts by the classes that a model knows. */
  public static ClassLabels of(String who, Texts given, List<String> names) {
    if (given.width() != 1) {
      throw Messages.wrong(
          "%s expects one class for each sample in y but receives rows of %d texts: give a text a sample, List.of(\"yes\", \"no\").",
          who, given.width());
    }
    float[] numbers = new float[given.rows()];
    for (int i = 0; i < numbers.length; i++) {
      int label = names.indexOf(given.all().get(i));
      if (label < 0) {
        throw Messages.wrong(
            "%s expects in y the classes that the model was fitted to, %s, but y[%d] is \"%s\": leave it out, or fit the model to it too.",
            who, listed(names), i, given.all().get(i));
      }
      numbers[i] = label;
    }
    return new ClassLabels(names, numbers);
  }

  private static String listed(List<String> names) {
    return names.size() > SHOWN
        ? String.join(", ", names.subList(0, SHOWN)) + ", …"
        : String.join(", ", names);
  }
}
