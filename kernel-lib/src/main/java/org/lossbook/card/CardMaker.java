package org.lossbook.card;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.lossbook.config.Config;
import org.lossbook.config.Require;
import org.lossbook.config.Saveable;
import org.lossbook.formula.Numbers;
import org.lossbook.layer.Layer;
import org.lossbook.layer.LayerWithActivation;
import org.lossbook.layer.activation.ActivationLayer;
import org.lossbook.layer.function.KerasFunctions;
import org.lossbook.loss.Loss;
import org.lossbook.loss.adversarial.AdversarialPair;
import org.lossbook.metric.Metric;
import org.lossbook.metric.MetricInputs;
import org.lossbook.metric.confusion.ConfusionMetric;
import org.lossbook.notebook.Renderable;
import org.lossbook.notebook.TextTable;
import org.lossbook.notebook.TextTable.Column;
import org.lossbook.optimizer.BaseOptimizer;
import org.lossbook.optimizer.Optimizer;

/** Puts cards together: what the Javadoc says, and what the value itself can show. */
final class CardMaker {
  private static final double[][] WEIGHTS = {{0.5, -0.3}};
  private static final double[][][] GRADIENTS = {{{0.2, -0.1}}, {{0.1, -0.1}}, {{-0.1, 0.05}}};

  private static final Pattern NOT = Pattern.compile("\\bnot\\s+(where\\b[^.;]*)");

  private static final double[] EACH = {-2, -1, 0, 1, 2};
  private static final double[] ROW = {1, 2, 3, 0};

  private final List<Section> sections = new ArrayList<>();
  private final CardDoc own;
  private final CardDoc type;

  /**
   * @param own the comment of a factory, where several of them share a class
   */
  private CardMaker(CardDoc own, CardDoc type) {
    this.own = own;
    this.type = type;
    tag("question").ifPresent(text -> add(Section.ofJavadoc(Card.QUESTION, text)));
    Optional.of(own.comment().isEmpty() ? type : own)
        .flatMap(doc -> doc.paragraphs().stream().findFirst())
        .ifPresent(text -> add(Section.ofJavadoc("", text)));
  }

  static Card ofMetric(Metric metric) {
    Metric given = given(metric, "a loss or a metric", "mse()");
    String name = MetricInputs.who(given);
    CardMaker card = new CardMaker(methodOf(given, name), CardDoc.of(given.getClass()));
    if (given instanceof Loss loss) {
      card.show(loss, ".of(");
      return card.ended(loss.name().replaceFirst("\\(.*", ""), loss);
    }
    if (given instanceof ConfusionMetric<?> counted) {
      card.add(Section.ofFormula("Formula", name, counted.formula()));
    }
    card.type
        .example()
        .flatMap(example -> ExampleNumbers.of(lineOf(example, name), ".of("))
        .ifPresent(
            numbers -> card.value("Worked out", () -> given.explain(numbers[0], numbers[1])));
    return card.ended(name, given);
  }

  /** The example of this factory, among those of its class. */
  private static String lineOf(String example, String factory) {
    return example
        .lines()
        .filter(line -> line.startsWith(factory + "("))
        .findFirst()
        .orElse(example);
  }

  private void show(Loss loss, String call) {
    value("Formula", loss::formula);
    value("Derivative", loss::derivative);
    folded("The derivative, rule by rule", loss::derive);
    type.example()
        .flatMap(example -> ExampleNumbers.of(example, call))
        .ifPresent(numbers -> value("Worked out", () -> loss.explain(numbers[0], numbers[1])));
    picture("Move it", loss::explore);
  }

  static Card ofPair(AdversarialPair pair) {
    AdversarialPair given = given(pair, "an adversarial game", "nonSaturating()");
    CardMaker card = new CardMaker(new CardDoc(""), docOf(given));
    card.value("Formulas", () -> given);
    card.value("Derivative for the discriminator", given.discriminator()::derivative);
    card.value("Derivative for the generator", given.generator()::derivative);
    card.picture("Move the discriminator's", given.discriminator()::explore);
    card.picture("Move the generator's", given.generator()::explore);
    return card.ended(given.generator().name().replaceFirst("Generator$", ""), given.generator());
  }

  /** The class whose factory makes this game. */
  private static CardDoc docOf(AdversarialPair pair) {
    String name = pair.generator().name().replaceFirst("Generator$", "");
    String file =
        AdversarialPair.class.getPackageName()
            + "."
            + Character.toUpperCase(name.charAt(0))
            + name.substring(1);
    try {
      return CardDoc.of(Class.forName(file));
    } catch (ClassNotFoundException e) {
      return new CardDoc(""); // a pair of the reader's own losses
    }
  }

  static Card ofOptimizer(Optimizer optimizer) {
    Optimizer given = given(optimizer, "an optimizer", "adam()");
    CardMaker card = new CardMaker(new CardDoc(""), CardDoc.of(given.getClass()));
    card.value("Formula", given::formula);
    if (given instanceof BaseOptimizer<?> steps) {
      card.value(
          "Worked out",
          () -> steps.explain(WEIGHTS, GRADIENTS[0], GRADIENTS[1], (Object) GRADIENTS[2]));
    }
    return card.ended(given.name(), given);
  }

  static Card ofLayer(Layer layer) {
    Layer given = given(layer, "a layer", "dense(64)");
    if (given instanceof ActivationLayer activation) {
      return ofActivation(activation);
    }
    CardMaker card = new CardMaker(new CardDoc(""), CardDoc.of(given.getClass()));
    steps(given).ifPresent(card::add);
    return card.ended(camel(given.kind()), given);
  }

  private static Optional<Section> steps(Layer layer) {
    try {
      return LayerExamples.of(layer).map(steps -> Section.of("Worked out", steps));
    } catch (IllegalArgumentException refused) {
      return Optional.empty(); // such as a convolution of volumes, which takes no image
    }
  }

  private static Card ofActivation(ActivationLayer layer) {
    String name = layer.activation().kerasName();
    CardMaker card =
        new CardMaker(
            CardDoc.of(LayerWithActivation.class, camel(name)), CardDoc.of(ActivationLayer.class));
    card.value("Formula", layer::formula);
    card.value("Derivative", layer::derivative);
    card.folded("The derivative, rule by rule", layer::derive);
    boolean isOfEach = KerasFunctions.formulaOf(layer.activation()).isPresent();
    card.value("Worked out", () -> values(layer, isOfEach));
    if (isOfEach) {
      card.picture("Move it", layer::explore);
    }
    return card.ended(name, layer);
  }

  /** Its values, and its slopes where it has one for each number. */
  private static TextTable values(ActivationLayer layer, boolean isOfEach) {
    double[] x = isOfEach ? EACH : ROW;
    double[] values = layer.of(x);
    double[] slopes = isOfEach ? layer.gradient(x) : new double[0];
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < x.length; i++) {
      List<String> row = new ArrayList<>();
      row.add(Numbers.text(x[i]));
      row.add(i < values.length ? Numbers.text(values[i]) : "");
      if (isOfEach) {
        row.add(Numbers.text(slopes[i]));
      }
      rows.add(row);
    }
    List<Column> head =
        Stream.of("x", "φ(x)", "φ′(x)").limit(isOfEach ? 3 : 2).map(Column::numbers).toList();
    return new TextTable("", head, rows, List.of());
  }

  /** {@code hard_sigmoid} as {@code hardSigmoid}. */
  private static String camel(String name) {
    var words = new StringBuilder();
    for (String word : name.split("_")) {
      words.append(
          words.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
    }
    return words.toString();
  }

  /** The factory's own comment, where it has tags of its own. */
  private static CardDoc methodOf(Metric metric, String factory) {
    CardDoc method =
        metric instanceof MetricInputs.Called
            ? CardDoc.of(metric.getClass(), factory)
            : new CardDoc("");
    return method.tag("question").isPresent() ? method : new CardDoc("");
  }

  private static <T> T given(T value, String what, String example) {
    return Require.given(value, "card", what, "card(" + example + ") shows one");
  }

  private void add(Section section) {
    sections.add(section);
  }

  private void value(String title, Supplier<? extends Renderable> value) {
    section(title, value).ifPresent(this::add);
  }

  private void folded(String title, Supplier<? extends Renderable> value) {
    section(title, value).map(Section::folded).ifPresent(this::add);
  }

  private void picture(String title, Supplier<? extends Renderable> value) {
    section(title, value).map(Section::forPages).ifPresent(this::add);
  }

  /** A section; none where a value refuses, as a loss with a penalty has no steps. */
  private static Optional<Section> section(String title, Supplier<? extends Renderable> value) {
    try {
      return Optional.of(Section.of(title, value.get()));
    } catch (IllegalArgumentException refused) {
      return Optional.empty();
    }
  }

  private Optional<String> tag(String name) {
    Optional<String> first = own.tag(name);
    return first.isPresent() ? first : type.tag(name);
  }

  /** When to use it and when not, where it comes from, and an example. */
  private Card ended(String name, Saveable value) {
    List<String> more = new ArrayList<>(type.paragraphs());
    if (!more.isEmpty() && own.comment().isEmpty()) {
      more.remove(0); // it stands at the top
    }
    Optional<String> use = tag("use");
    int told = more.isEmpty() ? -1 : firstUse(more);
    if (use.isEmpty() && told >= 0) {
      use = Optional.of(more.remove(told));
    }
    use.ifPresent(text -> add(Section.ofJavadoc(Card.USE, text)));
    avoid(use.orElse("")).ifPresent(text -> add(Section.ofJavadoc(Card.AVOID, text)));
    for (int i = 0; i < more.size(); i++) {
      add(Section.ofJavadoc(i == 0 ? "Good to know" : "", more.get(i)));
    }
    type.example().ifPresent(code -> add(Section.ofCode("Example", code)));
    source(value).ifPresent(text -> add(Section.ofJavadoc(Card.SOURCE, text)));
    return new Card(name, sections);
  }

  /** The tag, or the words "not where …" in what the text says of its use. */
  private Optional<String> avoid(String use) {
    Optional<String> tag = tag("avoid");
    var told = NOT.matcher(use);
    return tag.isPresent() || !told.find() ? tag : Optional.of("Not " + told.group(1) + ".");
  }

  private static int firstUse(List<String> paragraphs) {
    for (int i = 0; i < paragraphs.size(); i++) {
      if (paragraphs.get(i).matches("(?s)(For|Use|To|It suits) .*")) {
        return i;
      }
    }
    return -1;
  }

  /** What the Javadoc cites; else the class of Keras's that it follows. */
  private Optional<String> source(Saveable value) {
    Optional<String> cited = own.source().isPresent() ? own.source() : type.source();
    return cited.isPresent()
        ? cited
        : value.config().filter(config -> !config.isOurs()).map(CardMaker::inKeras);
  }

  private static String inKeras(Config config) {
    return "Chollet et al. 2015, <i>Keras</i>: {@code "
        + config.module()
        + "."
        + config.className()
        + "}";
  }
}
