package org.lossbook.layer.rnn;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Initializer;
import org.lossbook.engine.Parameter;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Recurrence;
import org.lossbook.layer.weights.Initializers;
import org.lossbook.layer.worked.LayerSteps;
import org.lossbook.layer.worked.WorkedRecurrence;

/**
 * The units of an LSTM, in a layer or in a cell.
 *
 * @param <L> the layer itself, so that chained calls keep its type
 */
public abstract class LstmUnits<L extends LstmUnits<L>> extends GatedUnits<L> {
  private boolean unitForgetBias = true;

  LstmUnits(int units) {
    super(units);
  }

  /**
   * Whether the forget gate's bias is 1 at first, so that the units remember (Jozefowicz et al.
   * 2015); true by default.
   */
  public L unitForgetBias(boolean unitForgetBias) {
    return with(copy -> lstm(copy).unitForgetBias = unitForgetBias);
  }

  private static LstmUnits<?> lstm(LstmUnits<?> layer) {
    return layer;
  }

  @Override
  int parts() {
    return 4;
  }

  @Override
  protected Parameter drawn(Parameter parameter) {
    if (!unitForgetBias || !parameter.name().equals(BIAS)) {
      return super.drawn(parameter);
    }
    Initializer others = rules(BIAS).initializer().orElse(Initializers.zeros());
    return parameter.drawnBy(
        (values, shape, random) -> {
          others.fill(values, shape, random);
          Arrays.fill(values, units(), 2 * units(), 1);
        });
  }

  @Override
  LayerSteps worked(WorkedRecurrence recurrence) {
    return recurrence.lstm(toString(), isBackwards(), givesAll());
  }

  @Override
  Cell cell() {
    return new Cell() {
      @Override
      public Optional<Whole> whole(Graph graph) {
        return LstmUnits.this.whole(graph, Recurrence.Cell.LSTM);
      }

      @Override
      public int numbersOfStep(boolean training) {
        return numbersOf(training);
      }

      @Override
      public long numbers(int steps, boolean training, int... step) {
        return runsWhole(training)
            ? wholeNumbers(Recurrence.Cell.LSTM, steps, training, step)
            : stepwise(steps, training, step);
      }

      @Override
      public String owner() {
        return RECURRENT;
      }

      @Override
      public List<int[]> states(int... step) {
        return List.of(new int[] {units()}, new int[] {units()});
      }

      @Override
      public Steps steps(Graph graph, Function<String, Parameters.Slot> weights) {
        return new LstmSteps.OfRows(LstmUnits.this, graph, weights);
      }
    };
  }

  final Config lstmIn(Config config) {
    return gatesIn(unitsIn(config)).with("unit_forget_bias", unitForgetBias);
  }

  final L lstmFrom(Settings settings) {
    return gatesFrom(settings).unitForgetBias(settings.flag("unit_forget_bias", true));
  }
}
