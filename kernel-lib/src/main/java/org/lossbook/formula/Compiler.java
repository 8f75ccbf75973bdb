package org.lossbook.formula;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.lossbook.formula.Program.Output;
import org.lossbook.formula.Program.Pass;
import org.lossbook.formula.Program.Port;
import org.lossbook.formula.Program.Scalar;
import org.lossbook.formula.Program.Step;

/** Compiles expressions to a {@link Program} for rows of one width. */
final class Compiler {
  private final int width;
  private final int chunkRows;
  private final Lowering lowering;
  private final Map<ExprNode, Integer> passOf = new HashMap<>();
  private final Map<ExprNode, double[]> scalars = new LinkedHashMap<>();
  private final Map<ExprNode, Port> inputs = new HashMap<>();
  private final Set<ExprNode> broadcast = new LinkedHashSet<>();
  private final Deque<double[]> unused = new ArrayDeque<>();
  private final double[] scratch;

  Compiler(int width) {
    this.width = width;
    this.chunkRows = Math.max(1, Program.CHUNK / width);
    this.lowering = new Lowering(width);
    this.scratch = register();
  }

  Program compile(ExprNode value, List<Output> wanted) {
    ExprNode root = lowering.lower(value);
    List<ExprNode> roots =
        wanted.stream().map(o -> lowering.lower(o.expr().node(), o.shape())).toList();
    Set<ExprNode> order = new LinkedHashSet<>();
    visit(root, order);
    roots.forEach(r -> visit(r, order));
    order.stream().filter(e -> e.shape() == Shape.SCALAR).forEach(this::scalar);
    for (ExprNode e : order) {
      if (e.shape() != Shape.SCALAR) {
        e.args().stream().filter(a -> a.shape() == Shape.SCALAR).forEach(broadcast::add);
      }
    }
    int last = order.stream().mapToInt(passOf::get).max().orElse(0);
    Port[] outputs = new Port[roots.size()];
    List<Pass> passes = new ArrayList<>();
    for (int p = 0; p <= last; p++) {
      passes.add(pass(p, order, roots, wanted, outputs));
    }
    for (int i = 0; i < outputs.length; i++) {
      if (wanted.get(i).shape() == Shape.SCALAR) {
        outputs[i] = new Port(scalar(roots.get(i)), 0);
      }
    }
    return new Program(
        width,
        chunkRows,
        passes.toArray(Pass[]::new),
        inputs,
        List.of(outputs),
        scalars,
        scalar(ExprNode.ROW_COUNT),
        scalars.get(root));
  }

  /**
   * A new register. Registers are allocated eight at a time, consecutive in memory, each a whole
   * number of cache lines with its header of 16 bytes: all have the same alignment, so what the JIT
   * aligns for one it aligns for all. The odd number of lines keeps them out of the same cache
   * sets.
   */
  private double[] register() {
    if (unused.isEmpty()) {
      int lines = (length() + 7) / 8 | 1;
      for (int i = 0; i < 8; i++) {
        unused.add(new double[8 * lines + 6]);
      }
    }
    return unused.pop();
  }

  private int length() {
    return chunkRows * width;
  }

  /** Orders operands before their users and finds the pass in which each is first known. */
  private void visit(ExprNode root, Set<ExprNode> order) {
    for (ExprNode e : Traversal.postOrder(root, passOf::containsKey)) {
      if (!passOf.containsKey(e)) {
        int pass = e.args().stream().mapToInt(passOf::get).max().orElse(0);
        passOf.put(e, e.op().kind() == Op.Kind.BATCH_REDUCTION ? pass + 1 : pass);
        order.add(e);
      }
    }
  }

  private double[] scalar(ExprNode e) {
    return scalars.computeIfAbsent(
        e,
        s -> {
          double[] register = register();
          if (s.args().isEmpty()) {
            Arrays.fill(register, s.number());
          }
          return register;
        });
  }

  private Pass pass(
      int p, Set<ExprNode> order, List<ExprNode> roots, List<Output> wanted, Port[] outputs) {
    List<Scalar> known = new ArrayList<>();
    List<ExprNode> sums = new ArrayList<>();
    Set<ExprNode> needed = new LinkedHashSet<>();
    for (ExprNode e : order) {
      boolean isSum = e.op().kind() == Op.Kind.BATCH_REDUCTION;
      if (isSum && passOf.get(e) == p + 1) {
        sums.add(e);
        e.args().forEach(a -> require(a, needed));
      } else if (!isSum && e.shape() == Shape.SCALAR && passOf.get(e) == p) {
        known.add(scalarStep(e));
      } else if (isSum && passOf.get(e) == p && broadcast.contains(e)) {
        known.add(new Scalar(step(Op.NONE, List.of(), scalar(e), false), true));
      }
    }
    for (ExprNode root : roots) {
      if (passOf.get(root) == p) {
        require(root, needed);
      }
    }
    Registers registers = new Registers(needed, order, sums, roots, p);
    registers.assign();
    List<Port> stores = new ArrayList<>();
    for (int i = 0; i < roots.size(); i++) {
      if (passOf.get(roots.get(i)) == p && wanted.get(i).shape() != Shape.SCALAR) {
        boolean perRow = wanted.get(i).shape() == Shape.SAMPLE;
        outputs[i] = new Port(registers.of(roots.get(i)), perRow ? 1 : width);
        stores.add(outputs[i]);
      }
    }
    return new Pass(
        known.toArray(Scalar[]::new),
        registers.loads.toArray(Port[]::new),
        registers.steps.toArray(Step[]::new),
        stores.toArray(Port[]::new),
        sums.stream().map(this::scalar).toArray(double[][]::new));
  }

  private Scalar scalarStep(ExprNode e) {
    InnerLoop innerLoop = e.op().innerLoop();
    List<double[]> in = e.args().stream().map(this::scalar).toList();
    return new Scalar(step(innerLoop, in, scalar(e), false), broadcast.contains(e));
  }

  private static void require(ExprNode root, Set<ExprNode> needed) {
    for (ExprNode e :
        Traversal.postOrder(root, a -> a.shape() == Shape.SCALAR || needed.contains(a))) {
      if (e.shape() != Shape.SCALAR) {
        needed.add(e);
      }
    }
  }

  private Step step(InnerLoop innerLoop, List<double[]> in, double[] out, boolean perRow) {
    return new Step(
        innerLoop,
        in.size() > 0 ? in.get(0) : null,
        in.size() > 1 ? in.get(1) : null,
        in.size() > 2 ? in.get(2) : scratch,
        out,
        perRow);
  }

  /** Register allocation: a register for each array of a pass, free again after its last use. */
  private final class Registers {
    final List<Port> loads = new ArrayList<>();
    final List<Step> steps = new ArrayList<>();
    private final Set<ExprNode> needed;
    private final List<ExprNode> sums;
    private final Map<ExprNode, Integer> uses = new HashMap<>();
    private final Map<ExprNode, double[]> held = new HashMap<>();
    private final Deque<double[]> free = new ArrayDeque<>();

    Registers(
        Set<ExprNode> needed,
        Set<ExprNode> order,
        List<ExprNode> sums,
        List<ExprNode> roots,
        int pass) {
      this.needed = needed;
      this.sums = sums;
      needed.forEach(e -> e.args().forEach(a -> uses.merge(a, 1, Integer::sum)));
      sums.forEach(e -> e.args().forEach(a -> uses.merge(a, 1, Integer::sum)));
      // An output keeps its register until the end of the chunk.
      roots.stream()
          .filter(r -> passOf.get(r) == pass)
          .forEach(r -> uses.merge(r, 1, Integer::sum));
    }

    double[] of(ExprNode e) {
      return e.shape() == Shape.SCALAR ? scalar(e) : held.get(e);
    }

    void assign() {
      for (ExprNode e : needed) {
        if (e.op() == Leaves.VARIABLE) {
          load(e);
        } else if (e.op() == Leaves.POSITION) {
          held.put(e, positions());
        } else {
          List<double[]> in = e.args().stream().map(this::of).toList();
          double[] out = free.isEmpty() ? register() : free.pop();
          e.args().forEach(this::used);
          held.put(e, out);
          steps.add(step(e.op().innerLoop(), in, out, isPerRow(e)));
        }
        sums.stream().filter(s -> isComplete(s, e)).forEach(this::addUp);
      }
    }

    /** Whether {@code last} is the last operand that the sum was waiting for. */
    private boolean isComplete(ExprNode sum, ExprNode last) {
      return sum.args().contains(last) && held.keySet().containsAll(sum.args());
    }

    private void addUp(ExprNode sum) {
      boolean perRow = sum.arg(0).shape() == Shape.SAMPLE;
      List<double[]> in = sum.args().stream().map(this::of).toList();
      steps.add(step(sum.op().innerLoop(), in, scalar(sum), perRow));
      sum.args().forEach(this::used);
    }

    /** A variable keeps one register through all passes, and so has one port. */
    private void load(ExprNode variable) {
      Port port =
          inputs.computeIfAbsent(
              variable, v -> new Port(register(), v.shape() == Shape.SAMPLE ? 1 : width));
      held.put(variable, port.register());
      loads.add(port);
    }

    private void used(ExprNode e) {
      boolean isLast = uses.merge(e, -1, Integer::sum) == 0;
      if (isLast && !e.args().isEmpty() && e.shape() != Shape.SCALAR) {
        free.push(held.get(e));
      }
    }

    private double[] positions() {
      double[] register = register();
      Arrays.setAll(register, i -> i % width);
      return register;
    }
  }

  private boolean isPerRow(ExprNode e) {
    return e.shape() == Shape.SAMPLE || e.op() == Rows.BROADCAST;
  }
}
