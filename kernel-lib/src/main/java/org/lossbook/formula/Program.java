package org.lossbook.formula;

import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.lossbook.Internal;
import org.lossbook.numerics.Together;

/**
 * A compiled program that evaluates expressions for rows of one width, over batches of any number
 * of rows.
 *
 * <p>It processes the rows in chunks that fit the L1 cache: each step is one tight loop from
 * registers to a register, where a register is a short array. A run allocates nothing. A program is
 * for one thread at a time.
 *
 * @hidden
 */
@Internal
public final class Program {
  /**
   * Numbers in a chunk: a dozen registers of this length fit a 32 KB L1 cache, and at little more
   * than half a page at a time the processor prefetches the next half. Near a whole page, 512
   * numbers, a register and the array it is copied from share the lower bits of their addresses (4K
   * aliasing), which makes a run 50 % slower.
   */
  static final int CHUNK = 320;

  /** So many numbers take long enough that other threads save time. */
  private static final int WORTH_THREADS = 1 << 15;

  /** Always as many for so many numbers, whatever the machine: sums are the same to the bit. */
  private static final int PARTS = 8;

  /** One call of a innerLoop, which counts rows if {@code perRow} and numbers if not. */
  record Step(
      InnerLoop innerLoop, double[] a, double[] b, double[] c, double[] out, boolean perRow) {}

  /** A scalar: computed once per run, and broadcast where arrays need it. */
  record Scalar(Step step, boolean broadcast) {}

  /**
   * One pass over the rows: first the scalars known by then, then the steps of each chunk. The sums
   * over the batch are complete after the pass, for the scalars of later passes.
   */
  record Pass(Scalar[] scalars, Port[] inputs, Step[] steps, Port[] outputs, double[][] sums) {}

  private final int width;
  private final int chunkRows;
  private final Pass[] passes;
  private final Map<ExprNode, Port> inputs;
  private final List<Port> outputs;
  private final Map<ExprNode, double[]> scalars;
  private final double[] rowCount;
  private final double[] result;
  private int preparedRows = -1;

  /** The passes again for each part of a large batch, with registers of its own. */
  private Pass[][] parts = {};

  private final Together.Work onePart = this::part;
  private int pass; // that the parts are in
  private int rows;

  Program(
      int width,
      int chunkRows,
      Pass[] passes,
      Map<ExprNode, Port> inputs,
      List<Port> outputs,
      Map<ExprNode, double[]> scalars,
      double[] rowCount,
      double[] result) {
    this.width = width;
    this.chunkRows = chunkRows;
    this.passes = passes;
    this.inputs = inputs;
    this.outputs = outputs;
    this.scalars = scalars;
    this.rowCount = rowCount;
    this.result = result;
  }

  /**
   * Compiles a scalar value and any number of outputs of any shape.
   *
   * @param width numbers in a row
   * @param value what {@link #run} returns; {@link Shape#SCALAR}
   * @param outputs what goes to {@link #output} 0, 1, …
   */
  public static Program of(int width, Expr value, Output... outputs) {
    return new Compiler(width).compile(value.node(), List.of(outputs));
  }

  /**
   * An output: an expression to compute, and the shape to compute it in, its own or a larger one.
   *
   * @hidden
   */
  @Internal
  public record Output(Expr expr, Shape shape) {}

  /** The input port of {@code variable}, also of one that is not used. */
  public Port input(Expr variable) {
    return inputs.computeIfAbsent(variable.node(), v -> Port.closed());
  }

  /** The output port of output {@code i}. */
  public Port output(int i) {
    return outputs.get(i);
  }

  /** The setter of {@code parameter}, also of one that is not used. */
  public ParameterSetter parameter(Expr parameter) {
    return new ParameterSetter(scalars.getOrDefault(parameter.node(), new double[1]));
  }

  /** Evaluates the first {@code rows} rows of the inputs and returns the value. */
  public double run(int rows) {
    boolean fresh = rows == preparedRows;
    rowCount[0] = rows;
    for (int p = 0; p < passes.length; p++) {
      Pass pass = passes[p];
      if (p > 0 || !fresh) {
        prepare(pass.scalars, rows);
      }
      for (double[] sum : pass.sums) {
        Arrays.fill(sum, 0);
      }
      if (pass.steps.length > 0 || pass.outputs.length > 0) {
        if ((long) rows * width < WORTH_THREADS) {
          chunks(pass, 0, rows);
        } else {
          inParts(p, rows);
        }
      }
      for (double[] sum : pass.sums) {
        addUp(sum);
      }
    }
    preparedRows = rows;
    return result[0] + 0.0; // not −0
  }

  /** A pass over a large batch, on several threads. */
  private void inParts(int p, int all) {
    if (parts.length == 0) {
      Set<double[]> shared = Collections.newSetFromMap(new IdentityHashMap<>());
      shared.addAll(scalars.values());
      parts = new Pass[PARTS][];
      Arrays.setAll(parts, i -> LaneCopy.of(passes, shared));
    }
    pass = p;
    rows = all;
    Together.run(PARTS, PARTS, onePart);
    for (Pass[] part : parts) {
      for (int s = 0; s < passes[p].sums.length; s++) {
        double[] sum = passes[p].sums[s];
        double[] more = part[p].sums[s];
        for (int i = 0; i < sum.length; i++) {
          sum[i] += more[i];
        }
      }
    }
  }

  private void part(int part, int thread) {
    Pass own = parts[part][pass];
    for (double[] sum : own.sums) {
      Arrays.fill(sum, 0);
    }
    chunks(own, (int) ((long) part * rows / PARTS), (int) ((part + 1L) * rows / PARTS));
  }

  private void chunks(Pass pass, int first, int end) {
    for (int from = first; from < end; from += chunkRows) {
      chunk(pass, from, Math.min(chunkRows, end - from));
    }
  }

  private void chunk(Pass pass, int from, int count) {
    for (Port input : pass.inputs) {
      input.load(from, count);
    }
    int numbers = count * width;
    for (Step s : pass.steps) {
      s.innerLoop.run(s.a, s.b, s.c, s.out, s.perRow ? count : numbers, width);
    }
    for (Port output : pass.outputs) {
      output.store(from, count);
    }
  }

  /** Adds up the elements of a sum's register. */
  private static void addUp(double[] sum) {
    for (int i = 1; i < sum.length; i++) {
      sum[0] += sum[i];
    }
  }

  private void prepare(Scalar[] scalars, int rows) {
    int length = Math.min(rows, chunkRows) * width;
    for (Scalar scalar : scalars) {
      Step s = scalar.step;
      s.innerLoop.run(s.a, s.b, s.c, s.out, 1, 1);
      if (scalar.broadcast) {
        Arrays.fill(s.out, 0, length, s.out[0]);
      }
    }
  }

  /**
   * The setter of a parameter.
   *
   * @hidden
   */
  @Internal
  public final class ParameterSetter {
    private final double[] register;

    private ParameterSetter(double[] register) {
      this.register = register;
    }

    /** Sets the parameter from the next run on. */
    public void set(double value) {
      if (value != register[0]) {
        register[0] = value;
        preparedRows = -1;
      }
    }
  }

  /**
   * A port: the connection of a register to an outside array of doubles or floats.
   *
   * @hidden
   */
  @Internal
  public static final class Port {
    private final double[] register;
    private final int width;
    private final Port outside; // which knows the array
    private double[] doubles;
    private float[] floats;

    Port(double[] register, int width) {
      this.register = register;
      this.width = width;
      outside = this;
    }

    /** A port of another register to the same array. */
    Port(Port outside, double[] register) {
      this.register = register;
      this.outside = outside;
      width = outside.width;
    }

    /** A port without a register, for a variable or an output that a program does not have. */
    public static Port closed() {
      return new Port(new double[0], 0);
    }

    double[] register() {
      return register;
    }

    /** The number of a scalar output after a run. */
    public double number() {
      return register[0] + 0.0; // not −0
    }

    /** Connects an array of doubles. */
    public void connect(double[] array) {
      doubles = array;
      floats = null;
    }

    /** Connects an array of floats. */
    public void connect(float[] array) {
      floats = array;
      doubles = null;
    }

    void load(int row, int rows) {
      int from = row * width;
      int count = rows * width;
      if (outside.doubles != null) {
        System.arraycopy(outside.doubles, from, register, 0, count);
        return;
      }
      float[] given = outside.floats;
      for (int i = 0; i < count; i++) {
        register[i] = given[from + i];
      }
    }

    void store(int row, int rows) {
      int from = row * width;
      int count = rows * width;
      if (outside.doubles != null) {
        System.arraycopy(register, 0, outside.doubles, from, count);
        return;
      }
      float[] into = outside.floats;
      for (int i = 0; i < count; i++) {
        into[from + i] = (float) register[i];
      }
    }
  }
}
