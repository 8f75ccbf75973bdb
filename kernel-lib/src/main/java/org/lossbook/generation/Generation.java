package org.lossbook.generation;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.lossbook.base.Messages;
import org.lossbook.config.Require;
import org.lossbook.layer.text.TextVectorization;
import org.lossbook.model.Model;
import org.lossbook.model.ModelState;
import org.lossbook.training.CompiledModel;
import org.lossbook.training.SteppedInference;

/**
 * A text, or any sequence of ids, that goes on from a prompt: the model says how likely each token
 * is the next one, one is drawn, and the model reads it too. A specification; {@link #ids()} and
 * {@link #text()} run it, and so does a notebook that shows it.
 *
 * <p>The model takes ids {@code [steps]} or one-hot rows {@code [steps, tokens]} and says the
 * probabilities or logits of the next token, {@code [tokens]}, or of the one after each step,
 * {@code [steps, tokens]}. A model of recurrent layers, of causal attention and of layers that see
 * one step alone keeps its states, keys and values, so that a token costs one step whatever came
 * before; any other reads its window again, and so does attention once a text is longer than the
 * model's input. Where the window is longer than what there is, 0 fills it up.
 *
 * <p>{@link #temperature} below 1 prefers the likely tokens, and 0 takes the likeliest; {@link
 * #topK} and {@link #topP} leave out the unlikely ones (Fan et al. 2018, Holtzman et al. 2020);
 * {@link #beams} looks for the likeliest continuation as a whole.
 *
 * <pre>{@code
 * generate(model, "Once upon ").with(vectorization).temperature(0.8).topK(20).length(200)
 * generate(model, new int[] {3, 1, 4}).seed(42).ids()
 * }</pre>
 */
public final class Generation {
  private static final int LENGTH = 100;
  private static final int LONGEST = 1_000_000;
  private static final int MOST_BEAMS = 1_000;

  private final Model model;
  private final Object prompt;
  private Sampling sampling = Sampling.PLAIN;
  private int length = LENGTH;
  private int beams = 1;
  private OptionalLong seed = OptionalLong.empty();
  private Optional<Tokens> tokens = Optional.empty();
  private Optional<Object> stop = Optional.empty();

  private Generation(Model model, Object prompt) {
    this.model = Require.given(model, "generate", "a model", "run the cell that makes it first");
    this.prompt = Require.given(prompt, "generate", "a prompt", "a text or ids, {3, 1, 4}");
  }

  private Generation(Generation other) {
    this(other.model, other.prompt);
    sampling = other.sampling;
    length = other.length;
    beams = other.beams;
    seed = other.seed;
    tokens = other.tokens;
    stop = other.stop;
  }

  /** A continuation of a text, whose tokens {@link #with(TextVectorization)} says. */
  public static Generation generate(Model model, String prompt) {
    return new Generation(model, prompt);
  }

  /** A continuation of ids. */
  public static Generation generate(Model model, int... prompt) {
    return new Generation(
        model, Require.given(prompt, "generate", "a prompt", "new int[] {3, 1, 4} is one").clone());
  }

  /** With the logarithms divided by this; 1 by default, and 0 takes the likeliest token. */
  public Generation temperature(double temperature) {
    return with(sampling.temperature(temperature));
  }

  /** Among so many of the likeliest tokens. */
  public Generation topK(int count) {
    return with(sampling.topK(count));
  }

  /** Among the likeliest tokens that have this probability together. */
  public Generation topP(double share) {
    return with(sampling.topP(share));
  }

  private Generation with(Sampling other) {
    var copy = new Generation(this);
    copy.sampling = other;
    return copy;
  }

  /** With so many tokens behind the prompt, 100 by default. */
  public Generation length(int count) {
    if (count < 1 || count > LONGEST) {
      throw Messages.wrong(
          "generate expects a length from 1 to %,d but receives %,d: it counts the tokens behind the prompt.",
          LONGEST, count);
    }
    var copy = new Generation(this);
    copy.length = count;
    return copy;
  }

  /** The likeliest continuation among so many that go on at each step; nothing is drawn. */
  public Generation beams(int width) {
    if (width < 1 || width > MOST_BEAMS) {
      throw Messages.wrong(
          "generate expects from 1 to %,d beams but receives %,d: 4 is usual.", MOST_BEAMS, width);
    }
    var copy = new Generation(this);
    copy.beams = width;
    return copy;
  }

  /** With draws that are the same each time. */
  public Generation seed(long number) {
    var copy = new Generation(this);
    copy.seed = OptionalLong.of(number);
    return copy;
  }

  /** With the tokens of this layer, characters or words. */
  public Generation with(TextVectorization vectorization) {
    return with(Tokens.of(vectorization));
  }

  /** With these tokens, by their ids; texts are read character by character where all are one. */
  public Generation with(List<String> vocabulary) {
    return with(Tokens.of(vocabulary));
  }

  private Generation with(Tokens other) {
    var copy = new Generation(this);
    copy.tokens = Optional.of(other);
    return copy;
  }

  /** Ends before this id, where it is drawn. */
  public Generation stopAt(int id) {
    var copy = new Generation(this);
    copy.stop = Optional.of(id);
    return copy;
  }

  /** Ends before this token, where it is drawn: {@code stopAt("[end]")}. */
  public Generation stopAt(String token) {
    var copy = new Generation(this);
    copy.stop = Optional.of(Require.given(token, "stopAt", "a token", "\"[end]\" is one"));
    return copy;
  }

  /** Those that were given, or those of the layer by which the model reads texts. */
  private Optional<Tokens> known() {
    return tokens.or(
        () ->
            ModelState.of("generate", model)
                .alone("generate", compiled -> Tokens.of(compiled.network())));
  }

  private Tokens tokens() {
    return known()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "generate expects to know the tokens of a text: add .with(vectorization), or .with(List.of(\"a\", \"b\")) with the tokens by their ids."));
  }

  private int[] start() {
    int[] ids = prompt instanceof String text ? tokens().ids(text) : ((int[]) prompt).clone();
    if (ids.length == 0) {
      throw new IllegalArgumentException(
          "generate expects a prompt of 1 token or more but receives none: begin with one, such as a space.");
    }
    for (int id : ids) {
      if (id < 0) {
        throw Messages.wrong(
            "generate expects ids of 0 or more in the prompt but receives %d: they are numbers of tokens.",
            id);
      }
    }
    return ids;
  }

  private OptionalInt stopId() {
    return stop.isEmpty()
        ? OptionalInt.empty()
        : OptionalInt.of(
            stop.get() instanceof String token ? tokens().id(token) : (Integer) stop.get());
  }

  /** The ids of the prompt and of what follows it. */
  public int[] ids() {
    int[] start = start();
    OptionalInt end = stopId();
    return ModelState.of("generate", model)
        .alone(
            "generate",
            compiled -> beams > 1 ? likeliest(compiled, start, end) : drawn(compiled, start, end));
  }

  private int[] likeliest(CompiledModel compiled, int[] start, OptionalInt end) {
    var next = new NextToken(compiled);
    int[] best =
        Beams.search(ids -> sampling.probabilities(next.after(ids)), start, beams, length, end)
            .get(0)
            .ids();
    boolean isEnded = end.isPresent() && best[best.length - 1] == end.getAsInt();
    return isEnded ? Arrays.copyOf(best, best.length - 1) : best;
  }

  private int[] drawn(CompiledModel compiled, int[] start, OptionalInt end) {
    var window = new NextToken(compiled);
    var random = seed.isPresent() ? new SplittableRandom(seed.getAsLong()) : new SplittableRandom();
    int[] ids = Arrays.copyOf(start, start.length + length);
    int count = start.length;
    try (SteppedInference steps = SteppedInference.of("generate", compiled, ids.length)) {
      double[] says = new double[0];
      for (int i = 0; i < count && steps.isPossible(); i++) {
        says = steps.after(NextToken.encoded(steps.input(), 0, ids[i]));
      }
      while (true) {
        double[] next =
            steps.isPossible() ? NextToken.logits(says) : window.after(Arrays.copyOf(ids, count));
        int id = sampling.draw(random, next);
        if (end.isPresent() && id == end.getAsInt()) {
          return Arrays.copyOf(ids, count);
        }
        ids[count++] = id;
        if (count == ids.length) {
          return ids;
        }
        if (steps.isPossible()) {
          says = steps.after(NextToken.encoded(steps.input(), 0, id));
        }
      }
    }
  }

  /** The prompt and what follows it, as text. */
  public String text() {
    return tokens().text(ids());
  }

  /** Runs it: the text, or the ids where no tokens are known. */
  @Override
  public String toString() {
    return known().isPresent() ? text() : Arrays.toString(ids());
  }
}
