package org.lossbook.layer.rnn;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.lossbook.base.Messages;
import org.lossbook.config.Config;
import org.lossbook.config.Registry;
import org.lossbook.config.Require;
import org.lossbook.config.Settings;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Memory;
import org.lossbook.engine.Parameter;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Tensor;
import org.lossbook.layer.BaseLayer;
import org.lossbook.layer.CallArguments;
import org.lossbook.layer.InnerLayer;
import org.lossbook.layer.Layer;
import org.lossbook.layer.weights.Constraint;
import org.lossbook.layer.weights.Regularizer;

/**
 * Cells one upon another as one cell: at each step the first reads the input, each other one the
 * output of the one below. {@code [n], states… -> [units of the last]}
 *
 * <p>Its states are those of all cells, in their order. Parameters: those of the cells, with the
 * cell before their names: {@code lstm_cell/kernel}, {@code lstm_cell_1/kernel}.
 *
 * @question How do several cells become one?
 * @use For deep recurrent networks in one layer.
 * @avoid When each layer's sequence is needed: stack the layers.
 */
public final class StackedRnnCells extends BaseLayer<StackedRnnCells> implements RecurrentCell {
  private final List<RecurrentCell> cells;
  private final List<String> names = new ArrayList<>();

  public StackedRnnCells(List<? extends RecurrentCell> cells) {
    this.cells =
        Require.all(
            cells,
            RecurrentCell.class,
            kind(),
            "cells",
            "lstmCell(64) is one of a recurrent layer");
    if (cells.isEmpty()) {
      throw new IllegalArgumentException(
          "stacked_rnn_cells expects cells but receives none: write rnn(List.of(lstmCell(64), lstmCell(64))).");
    }
    Map<String, Integer> counts = new HashMap<>();
    for (RecurrentCell each : this.cells) {
      int before = counts.merge(each.kind(), 1, Integer::sum) - 1;
      names.add(each.kind() + (before == 0 ? "" : "_" + before));
    }
  }

  @Override
  public String kind() {
    return "stacked_rnn_cells";
  }

  Cell cell() {
    return new Cell() {
      @Override
      public List<int[]> states(int... step) {
        List<int[]> all = new ArrayList<>();
        int[] below = step;
        for (RecurrentCell each : cells) {
          all.addAll(Rnn.cell(each).states(below));
          below = Rnn.cell(each).output(below);
        }
        return all;
      }

      @Override
      public int[] output(int... step) {
        int[] below = step;
        for (RecurrentCell each : cells) {
          below = Rnn.cell(each).output(below);
        }
        return below;
      }

      @Override
      public int numbersOfStep(boolean training) {
        return 0; // its cells differ
      }

      @Override
      public long stepwise(int steps, boolean training, int... step) {
        long all = 0;
        int[] below = step;
        for (RecurrentCell each : cells) {
          all = Memory.sum(all, Rnn.cell(each).stepwise(steps, training, below));
          below = Rnn.cell(each).output(below);
        }
        return all;
      }

      @Override
      public String owner() {
        return names.get(0) + "/" + Rnn.cell(cells.get(0)).owner();
      }

      @Override
      public Steps steps(Graph graph, Function<String, Parameters.Slot> weights) {
        List<Steps> all = new ArrayList<>();
        for (int i = 0; i < cells.size(); i++) {
          String name = names.get(i);
          all.add(Rnn.cell(cells.get(i)).steps(graph, own -> weights.apply(name + "/" + own)));
        }
        return new StackedSteps(cells, all);
      }
    };
  }

  private record StackedSteps(List<RecurrentCell> cells, List<Cell.Steps> steps)
      implements Cell.Steps {
    @Override
    public Tensor prepare(Tensor x) {
      return steps.get(0).prepare(x);
    }

    @Override
    public Cell.Step next(Tensor prepared, List<Tensor> states) {
      List<Tensor> after = new ArrayList<>();
      Tensor below = prepared;
      for (int i = 0; i < steps.size(); i++) {
        Tensor ready = i == 0 ? below : steps.get(i).prepare(below);
        int from = after.size();
        int to = from + Rnn.cell(cells.get(i)).count();
        Cell.Step next = steps.get(i).next(ready, states.subList(from, to));
        after.addAll(next.states());
        below = next.output();
      }
      return new Cell.Step(below, after);
    }
  }

  private Use use() {
    return new OneStep(kind(), cell());
  }

  @Override
  protected int[] outputOf(List<int[]> inputShapes) {
    return use().outputShape(inputShapes);
  }

  @Override
  protected int[] outputOf(int... inputShape) {
    return outputOf(List.of(inputShape));
  }

  @Override
  protected List<int[]> outputsOf(List<int[]> inputShapes) {
    return use().furtherShapes(inputShapes);
  }

  @Override
  protected List<Parameter> parametersOf(List<int[]> inputShapes) {
    List<Parameter> all = new ArrayList<>();
    int[] below = use().step(inputShapes);
    for (int i = 0; i < cells.size(); i++) {
      String name = names.get(i);
      Rnn.parameters(cells.get(i), below).stream()
          .map(each -> each.renamed(name + "/" + each.name()))
          .forEach(all::add);
      below = Rnn.cell(cells.get(i)).output(below);
    }
    return all;
  }

  @Override
  protected Tensor buildMasked(
      Graph graph, List<Tensor> inputs, Function<String, Parameters.Slot> weights) {
    return use().build(graph, inputs, weights);
  }

  @Override
  protected Tensor buildOn(Graph graph, Tensor x, Function<String, Parameters.Slot> weights) {
    return buildMasked(graph, List.of(x), weights);
  }

  private RecurrentCell cellOf(String parameter) {
    String given = String.valueOf(parameter);
    int at = names.indexOf(given.substring(0, Math.max(0, given.indexOf('/'))));
    if (at < 0) {
      throw Messages.wrong(
          "stacked_rnn_cells expects a parameter of one of its cells, such as %s/kernel, but receives %s.",
          names.get(0), given);
    }
    return cells.get(at);
  }

  private static String within(String parameter) {
    return parameter.substring(parameter.indexOf('/') + 1);
  }

  @Override
  public Regularizer penalty(String parameter) {
    return cellOf(parameter).penalty(within(parameter));
  }

  @Override
  public Optional<Constraint> constraint(String parameter) {
    return cellOf(parameter).constraint(within(parameter));
  }

  @Override
  public String groupOf(String parameter) {
    String inner = cellOf(parameter).groupOf(within(parameter));
    String own = "cells/" + parameter.substring(0, parameter.indexOf('/'));
    return inner.isEmpty() ? own : own + "/" + inner;
  }

  @Override
  public CallArguments callArguments() {
    return CallArguments.rest(use().statesArgument());
  }

  @Override
  public String toString() {
    return cells.stream().map(Object::toString).collect(Collectors.joining(", ", "[", "]"));
  }

  @Override
  public Optional<Config> config() {
    List<Object> all = new ArrayList<>();
    for (RecurrentCell each : cells) {
      Optional<Config> inner = InnerLayer.config(each);
      if (inner.isEmpty()) {
        return Optional.empty();
      }
      all.add(inner.get());
    }
    return Optional.of(Config.of("keras.layers", "StackedRNNCells").with("cells", all));
  }

  static StackedRnnCells from(Settings settings, Registry<Layer> layers) {
    Object value = settings.value("cells").orElse("none");
    List<RecurrentCell> cells = new ArrayList<>();
    for (Object each : value instanceof List<?> list ? list : List.of(value)) {
      cells.add(Wrapped.cell(settings, "cells", each, layers));
    }
    return new StackedRnnCells(cells);
  }
}
