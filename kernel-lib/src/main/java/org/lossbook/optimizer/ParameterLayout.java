package org.lossbook.optimizer;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.lossbook.base.Messages;
import org.lossbook.config.Require;
import org.lossbook.engine.Memory;
import org.lossbook.engine.Parameter;

/**
 * Where the parameters lie in a flat vector, one after the other, for rules that ask for shapes.
 */
final class ParameterLayout {
  private final List<Parameter> parameters; // none where every number is one
  private final int[] starts; // one more than there are parameters

  private ParameterLayout(List<Parameter> parameters, int[] sizes) {
    this.parameters = parameters;
    starts = new int[sizes.length + 1];
    for (int i = 0; i < sizes.length; i++) {
      starts[i + 1] = Math.addExact(starts[i], sizes[i]);
    }
  }

  static ParameterLayout of(List<Parameter> parameters) {
    Require.all(
        parameters,
        Parameter.class,
        "start",
        "parameters",
        "those of a model are in its order, and start(3) is for three numbers");
    return new ParameterLayout(
        List.copyOf(parameters), parameters.stream().mapToInt(Parameter::size).toArray());
  }

  /** So many numbers, each a parameter of its own. */
  static ParameterLayout ofNumbers(int count) {
    if (count < 0) {
      throw Messages.wrong(
          "start expects a number of parameters of 0 or more but receives %d: start(3) is for three.",
          count);
    }
    Memory.heap(
        Messages.of("start of %,d parameters", count),
        Memory.product(2L * Integer.BYTES, count),
        "start fewer at a time");
    int[] sizes = new int[count];
    Arrays.fill(sizes, 1);
    return new ParameterLayout(List.of(), sizes);
  }

  /** The length of the flat vector. */
  int size() {
    return starts[starts.length - 1];
  }

  /** The number of parameters. */
  int count() {
    return starts.length - 1;
  }

  /** The parameter that the number at {@code offset} belongs to. */
  int at(int offset) {
    int found = Arrays.binarySearch(starts, offset);
    if (found < 0) {
      return -found - 2;
    }
    while (starts[found + 1] == offset) { // empty ones
      found++;
    }
    return found;
  }

  /** The index of a parameter's first number. */
  int start(int parameter) {
    return starts[parameter];
  }

  /** The index behind a parameter's last number. */
  int end(int parameter) {
    return starts[parameter + 1];
  }

  int size(int parameter) {
    return end(parameter) - start(parameter);
  }

  int[] shape(int parameter) {
    return parameters.isEmpty() ? new int[0] : parameters.get(parameter).shape();
  }

  int rank(int parameter) {
    return parameters.isEmpty() ? 0 : parameters.get(parameter).shape().length;
  }

  /** A parameter's full name, such as {@code dense/kernel}; empty for a number on its own. */
  Optional<String> name(int parameter) {
    return parameters.isEmpty() ? Optional.empty() : Optional.of(parameters.get(parameter).name());
  }
}
