package org.lossbook.data.augment;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lossbook.base.Messages;
import org.lossbook.data.view.Descriptions;
import org.lossbook.notebook.TextTable;
import org.lossbook.notebook.TextTable.Column;

/** Describes an augmentation, as calls and in words. */
final class AugmentationText {
  /**
   * One setting.
   *
   * @param call the call in Java
   * @param meaning what it does
   */
  private record Said(String call, String meaning) {}

  private final List<Said> all = new ArrayList<>();

  private AugmentationText(Augmentation a) {
    add(a.shift(), "shift", "moves by up to %s pixels in each direction");
    add(a.rotation(), "rotate", "rotates by up to %s degrees in either direction");
    if (a.zoom() > 0) {
      String least = Descriptions.number(Math.round((1 - a.zoom()) * 1e6) / 1e6);
      String most = Descriptions.number(Math.round((1 + a.zoom()) * 1e6) / 1e6);
      add(a.zoom(), "zoom", Messages.of("scales by %s to %s", least, most));
    }
    if (a.isFlippedHorizontally()) {
      all.add(new Said("flipHorizontally()", "mirrors left and right with probability 1/2"));
    }
    if (a.isFlippedVertically()) {
      all.add(new Said("flipVertically()", "mirrors top and bottom with probability 1/2"));
    }
    if (a.elasticStrength() > 0) {
      String strength = Descriptions.number(a.elasticStrength());
      String sigma = Descriptions.number(a.elasticSigma());
      all.add(
          new Said(
              Messages.of("elastic(%s, %s)", strength, sigma),
              Messages.of(
                  "distorts: random displacements, smoothed over %s pixels, times %s",
                  sigma, strength)));
    }
    add(a.noise(), "noise", "adds Gaussian noise of standard deviation %s");
    add(a.cutout(), "cutout", "sets a square with a side of %s pixels to 0");
    add(
        a.mixup(),
        "mixup",
        "blends two samples and their targets, with a share from Beta(%1$s, %1$s)");
    if (!Double.isNaN(a.outside())) {
      String level = Descriptions.number(a.outside());
      String label = Descriptions.number(a.outsideLabel());
      all.add(
          a.outsideLabel() == 0
              ? new Said(
                  Messages.of("fill(%s)", level),
                  Messages.of("fills with %s outside the image", level))
              : new Said(
                  Messages.of("fill(%s, %s)", level, label),
                  Messages.of(
                      "fills with %s outside the image, and with the label %s outside a mask",
                      level, label)));
    }
    if (a.seed() != 0) {
      all.add(
          new Said(Messages.of("seed(%d)", a.seed()), Messages.of("draws from seed %d", a.seed())));
    }
  }

  private void add(double value, String call, String meaning) {
    if (value != 0) {
      String number = Descriptions.number(value);
      all.add(new Said(Messages.of("%s(%s)", call, number), Messages.of(meaning, number)));
    }
  }

  static String calls(Augmentation augmentation) {
    return Stream.concat(
            Stream.of("augment()"), new AugmentationText(augmentation).all.stream().map(Said::call))
        .collect(Collectors.joining("."));
  }

  static TextTable table(Augmentation augmentation) {
    return new TextTable(
        "",
        List.of(Column.words("call"), Column.words("what it does to a sample")),
        new AugmentationText(augmentation)
            .all.stream().map(said -> List.of(said.call, said.meaning)).toList(),
        List.of());
  }
}
