package org.lossbook.analysis;

import java.util.ArrayList;
import java.util.List;
import org.lossbook.analysis.SequencePass.Link;
import org.lossbook.plot.Figure;
import org.lossbook.plot.NetworkDrawing;
import org.lossbook.plot.UnrolledDrawing;

/** The picture of a pass forward and back: units as circles, or steps side by side. */
final class BackpropPicture {
  private BackpropPicture() {}

  static Figure of(Backprop backprop) {
    boolean isSequence = backprop.passes().stream().anyMatch(SequencePass.class::isInstance);
    return isSequence ? unrolled(backprop) : units(backprop);
  }

  private static Figure units(Backprop backprop) {
    List<NetworkDrawing.Column> columns = new ArrayList<>();
    columns.add(NetworkDrawing.Column.input(backprop.start()[0], backprop.byInput(0)[0]));
    for (Pass each : backprop.passes()) {
      DensePass pass = (DensePass) each;
      columns.add(
          new NetworkDrawing.Column(
              pass.name(), pass.out()[0], pass.delta()[0], pass.kernel(), pass.kernelGradient()));
    }
    return NetworkDrawing.figure(
        columns, backprop.loss().name(), backprop.value(), backprop.samples());
  }

  private static Figure unrolled(Backprop backprop) {
    List<UnrolledDrawing.Row> rows = new ArrayList<>();
    rows.add(input(backprop));
    int samples = backprop.samples();
    for (int i = 0; i < backprop.passes().size(); i++) {
      Pass pass = backprop.passes().get(i);
      rows.add(
          pass instanceof SequencePass sequence
              ? row(sequence, samples)
              : row((DensePass) pass, samples));
    }
    return UnrolledDrawing.figure(rows, backprop.loss().name(), backprop.value(), samples);
  }

  private static UnrolledDrawing.Row input(Backprop backprop) {
    double[][] x = backprop.start();
    double[][] back = backprop.byInput(0);
    List<UnrolledDrawing.Cell> cells = new ArrayList<>();
    boolean isOfIds = back.length == 0;
    int steps = isOfIds ? x[0].length : x.length / backprop.samples();
    for (int t = 0; t < steps; t++) {
      cells.add(
          UnrolledDrawing.Cell.of(
              isOfIds ? new double[] {x[0][t]} : x[t], isOfIds ? new double[0] : back[t]));
    }
    return new UnrolledDrawing.Row(
        "input", cells, UnrolledDrawing.Link.STEP, false, new double[0][]);
  }

  private static UnrolledDrawing.Row row(DensePass pass, int samples) {
    List<UnrolledDrawing.Cell> cells = new ArrayList<>();
    for (int t = 0; t < pass.out().length / samples; t++) {
      cells.add(UnrolledDrawing.Cell.of(pass.out()[t], pass.delta()[t]));
    }
    return new UnrolledDrawing.Row(
        pass.name(), cells, UnrolledDrawing.Link.STEP, false, new double[0][]);
  }

  private static UnrolledDrawing.Row row(SequencePass pass, int samples) {
    List<UnrolledDrawing.Cell> cells = new ArrayList<>();
    List<SequencePass.Shown> shown = pass.picture().shown();
    for (int t = 0; t < shown.get(0).steps().size(); t++) {
      List<UnrolledDrawing.Part> parts = new ArrayList<>();
      for (SequencePass.Shown part : shown) {
        SequencePass.Row row = part.steps().get(t);
        parts.add(
            new UnrolledDrawing.Part(
                part.symbol(),
                row.matrix().value()[row.number()],
                row.matrix().gradient()[row.number()]));
      }
      cells.add(new UnrolledDrawing.Cell(parts));
    }
    Link link = pass.picture().link();
    boolean givesOne = cells.size() > 1 && pass.out().length == samples;
    return new UnrolledDrawing.Row(
        pass.name(),
        cells,
        UnrolledDrawing.Link.valueOf(link.name()),
        givesOne,
        pass.picture().shares());
  }
}
