package org.lossbook.formula;

import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.lossbook.formula.Program.Pass;
import org.lossbook.formula.Program.Port;
import org.lossbook.formula.Program.Scalar;
import org.lossbook.formula.Program.Step;

/**
 * The passes of a program with registers of their own, so that another thread can run them: only
 * the scalars are common, which no step changes but the sums of its pass.
 */
final class LaneCopy {
  private final Set<double[]> shared;
  private final Map<double[], double[]> copies = new IdentityHashMap<>();

  private LaneCopy(Set<double[]> shared) {
    this.shared = shared;
  }

  /**
   * Copies passes.
   *
   * @param shared the scalars, a set by identity
   */
  static Pass[] of(Pass[] passes, Set<double[]> shared) {
    var lane = new LaneCopy(shared);
    return Arrays.stream(passes).map(lane::pass).toArray(Pass[]::new);
  }

  private Pass pass(Pass pass) {
    Map<double[], double[]> sums = new IdentityHashMap<>();
    for (double[] sum : pass.sums()) {
      sums.put(sum, sum.clone());
    }
    return new Pass(
        new Scalar[0],
        ports(pass.inputs()),
        Arrays.stream(pass.steps()).map(step -> step(step, sums)).toArray(Step[]::new),
        ports(pass.outputs()),
        Arrays.stream(pass.sums()).map(sums::get).toArray(double[][]::new));
  }

  private Port[] ports(Port[] ports) {
    return Arrays.stream(ports)
        .map(port -> new Port(port, own(port.register())))
        .toArray(Port[]::new);
  }

  private Step step(Step step, Map<double[], double[]> sums) {
    double[] sum = sums.get(step.out());
    return new Step(
        step.innerLoop(),
        own(step.a()),
        own(step.b()),
        own(step.c()),
        sum == null ? own(step.out()) : sum,
        step.perRow());
  }

  private double[] own(double[] register) {
    return register == null || shared.contains(register)
        ? register
        : copies.computeIfAbsent(register, double[]::clone);
  }
}
