package org.lossbook.layer.attention;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The projections of attention of several heads; their names are Keras's in upper case. */
enum Projection {
  QUERY,
  KEY,
  GATE,
  VALUE,
  OUTPUT;

  static final String KERNEL = "/kernel";
  static final String BIAS = "/bias";

  private final String word = name().toLowerCase(Locale.ROOT);

  /** The name of its kernel among the layer's parameters. */
  String kernel() {
    return prefix() + KERNEL;
  }

  /** The name of its bias. */
  String bias() {
    return prefix() + BIAS;
  }

  private String prefix() {
    return this == OUTPUT ? "attention_output" : word;
  }

  /** Its name in a file: query_dense. */
  String group() {
    return word + "_dense";
  }

  /** That of a parameter. */
  static Projection of(String parameter) {
    String given = String.valueOf(parameter); // none is no name either
    return Arrays.stream(values())
        .filter(each -> given.startsWith(each.prefix() + "/"))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Attention expects a parameter of a projection, such as query/kernel, but receives "
                        + parameter
                        + "."));
  }

  /** All kernels, or all biases. */
  static List<String> all(String which) {
    return Arrays.stream(values()).map(each -> each.prefix() + which).toList();
  }
}
