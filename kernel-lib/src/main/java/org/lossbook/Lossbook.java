package org.lossbook;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.DoubleBinaryOperator;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.lossbook.analysis.Backprop;
import org.lossbook.analysis.GradientCheck;
import org.lossbook.analysis.Landscape;
import org.lossbook.callback.Callback;
import org.lossbook.callback.Checkpoint;
import org.lossbook.callback.CsvLog;
import org.lossbook.callback.EarlyStopping;
import org.lossbook.callback.LambdaCallback;
import org.lossbook.callback.LearningRateScheduler;
import org.lossbook.callback.ReduceLrOnPlateau;
import org.lossbook.callback.Run;
import org.lossbook.card.Card;
import org.lossbook.config.Require;
import org.lossbook.data.Batch;
import org.lossbook.data.DataStream;
import org.lossbook.data.Dataset;
import org.lossbook.data.Sample;
import org.lossbook.data.Split;
import org.lossbook.data.augment.Augmentation;
import org.lossbook.data.boxes.Box;
import org.lossbook.data.boxes.Detections;
import org.lossbook.data.mnist.DrawnDigits;
import org.lossbook.data.mnist.Mnist;
import org.lossbook.data.picture.ImageFolder;
import org.lossbook.data.picture.Picture;
import org.lossbook.data.ratings.Ratings;
import org.lossbook.data.series.Forecasts;
import org.lossbook.data.series.TimeSeries;
import org.lossbook.data.series.Windows;
import org.lossbook.data.sound.Sound;
import org.lossbook.data.synthetic.MakeBlobs;
import org.lossbook.data.synthetic.MakeBoxes;
import org.lossbook.data.synthetic.MakeClassification;
import org.lossbook.data.synthetic.MakeMoons;
import org.lossbook.data.synthetic.MakeRatings;
import org.lossbook.data.synthetic.MakeRegression;
import org.lossbook.data.synthetic.MakeReviews;
import org.lossbook.data.synthetic.MakeScenes;
import org.lossbook.data.synthetic.MakeSeries;
import org.lossbook.data.synthetic.MakeVowels;
import org.lossbook.data.table.CsvFile;
import org.lossbook.data.table.CsvFormat;
import org.lossbook.data.table.TableData;
import org.lossbook.engine.Shapes;
import org.lossbook.formula.Expr;
import org.lossbook.generation.Generation;
import org.lossbook.layer.Input;
import org.lossbook.layer.Layer;
import org.lossbook.layer.Node;
import org.lossbook.layer.activation.ActivationLayer;
import org.lossbook.layer.activation.PRelu;
import org.lossbook.layer.activation.Softmax;
import org.lossbook.layer.applications.LayerScale;
import org.lossbook.layer.applications.StochasticDepth;
import org.lossbook.layer.attention.AdditiveAttention;
import org.lossbook.layer.attention.DotAttention;
import org.lossbook.layer.attention.GroupedQueryAttention;
import org.lossbook.layer.attention.MultiHeadAttention;
import org.lossbook.layer.attention.PositionEmbedding;
import org.lossbook.layer.attention.SinePositions;
import org.lossbook.layer.convolution.Conv1d;
import org.lossbook.layer.convolution.Conv1dTranspose;
import org.lossbook.layer.convolution.Conv2d;
import org.lossbook.layer.convolution.Conv2dTranspose;
import org.lossbook.layer.convolution.Conv3d;
import org.lossbook.layer.convolution.Conv3dTranspose;
import org.lossbook.layer.convolution.DepthwiseConv1d;
import org.lossbook.layer.convolution.DepthwiseConv2d;
import org.lossbook.layer.convolution.SeparableConv1d;
import org.lossbook.layer.convolution.SeparableConv2d;
import org.lossbook.layer.core.Dense;
import org.lossbook.layer.core.EinsumDense;
import org.lossbook.layer.core.Embedding;
import org.lossbook.layer.core.Identity;
import org.lossbook.layer.core.Masking;
import org.lossbook.layer.merging.Add;
import org.lossbook.layer.merging.Average;
import org.lossbook.layer.merging.Concatenate;
import org.lossbook.layer.merging.Dot;
import org.lossbook.layer.merging.Maximum;
import org.lossbook.layer.merging.Minimum;
import org.lossbook.layer.merging.Multiply;
import org.lossbook.layer.merging.ScaledResidual;
import org.lossbook.layer.merging.Subtract;
import org.lossbook.layer.normalization.BatchNormalization;
import org.lossbook.layer.normalization.GroupNormalization;
import org.lossbook.layer.normalization.LayerNormalization;
import org.lossbook.layer.normalization.RmsNormalization;
import org.lossbook.layer.normalization.SpectralNormalization;
import org.lossbook.layer.normalization.UnitNormalization;
import org.lossbook.layer.pooling.AdaptiveAveragePooling1d;
import org.lossbook.layer.pooling.AdaptiveAveragePooling2d;
import org.lossbook.layer.pooling.AdaptiveAveragePooling3d;
import org.lossbook.layer.pooling.AdaptiveMaxPooling1d;
import org.lossbook.layer.pooling.AdaptiveMaxPooling2d;
import org.lossbook.layer.pooling.AdaptiveMaxPooling3d;
import org.lossbook.layer.pooling.AveragePooling1d;
import org.lossbook.layer.pooling.AveragePooling2d;
import org.lossbook.layer.pooling.AveragePooling3d;
import org.lossbook.layer.pooling.GlobalAveragePooling1d;
import org.lossbook.layer.pooling.GlobalAveragePooling2d;
import org.lossbook.layer.pooling.GlobalAveragePooling3d;
import org.lossbook.layer.pooling.GlobalMaxPooling1d;
import org.lossbook.layer.pooling.GlobalMaxPooling2d;
import org.lossbook.layer.pooling.GlobalMaxPooling3d;
import org.lossbook.layer.pooling.MaxPooling1d;
import org.lossbook.layer.pooling.MaxPooling2d;
import org.lossbook.layer.pooling.MaxPooling3d;
import org.lossbook.layer.preprocessing.AugMix;
import org.lossbook.layer.preprocessing.AutoContrast;
import org.lossbook.layer.preprocessing.CategoryEncoding;
import org.lossbook.layer.preprocessing.CenterCrop;
import org.lossbook.layer.preprocessing.CutMix;
import org.lossbook.layer.preprocessing.Discretization;
import org.lossbook.layer.preprocessing.Equalization;
import org.lossbook.layer.preprocessing.MixUp;
import org.lossbook.layer.preprocessing.Normalization;
import org.lossbook.layer.preprocessing.Pipeline;
import org.lossbook.layer.preprocessing.RandAugment;
import org.lossbook.layer.preprocessing.RandomColor;
import org.lossbook.layer.preprocessing.RandomColorJitter;
import org.lossbook.layer.preprocessing.RandomCrop;
import org.lossbook.layer.preprocessing.RandomErasing;
import org.lossbook.layer.preprocessing.RandomFlip;
import org.lossbook.layer.preprocessing.RandomGaussianBlur;
import org.lossbook.layer.preprocessing.RandomGeometry;
import org.lossbook.layer.preprocessing.Rescaling;
import org.lossbook.layer.preprocessing.Resizing;
import org.lossbook.layer.preprocessing.Solarization;
import org.lossbook.layer.regularization.ActivityRegularization;
import org.lossbook.layer.regularization.AlphaDropout;
import org.lossbook.layer.regularization.Dropout;
import org.lossbook.layer.regularization.GaussianDropout;
import org.lossbook.layer.regularization.GaussianNoise;
import org.lossbook.layer.regularization.SpatialDropout1d;
import org.lossbook.layer.regularization.SpatialDropout2d;
import org.lossbook.layer.regularization.SpatialDropout3d;
import org.lossbook.layer.reshaping.Cropping;
import org.lossbook.layer.reshaping.Flatten;
import org.lossbook.layer.reshaping.Permute;
import org.lossbook.layer.reshaping.RepeatVector;
import org.lossbook.layer.reshaping.Reshape;
import org.lossbook.layer.reshaping.UpSampling;
import org.lossbook.layer.reshaping.ZeroPadding;
import org.lossbook.layer.rnn.Bidirectional;
import org.lossbook.layer.rnn.ConvLstm1d;
import org.lossbook.layer.rnn.ConvLstm2d;
import org.lossbook.layer.rnn.ConvLstm3d;
import org.lossbook.layer.rnn.Gru;
import org.lossbook.layer.rnn.GruCell;
import org.lossbook.layer.rnn.Lstm;
import org.lossbook.layer.rnn.LstmCell;
import org.lossbook.layer.rnn.RecurrentCell;
import org.lossbook.layer.rnn.Rnn;
import org.lossbook.layer.rnn.SimpleRnn;
import org.lossbook.layer.rnn.SimpleRnnCell;
import org.lossbook.layer.rnn.StackedRnnCells;
import org.lossbook.layer.rnn.TimeDistributed;
import org.lossbook.layer.text.Hashing;
import org.lossbook.layer.text.IntegerLookup;
import org.lossbook.layer.text.StringLookup;
import org.lossbook.layer.text.TextVectorization;
import org.lossbook.layer.weights.Constraint;
import org.lossbook.layer.weights.Initializers;
import org.lossbook.layer.weights.Regularizer;
import org.lossbook.layer.weights.WeightInitializer;
import org.lossbook.loss.Barron;
import org.lossbook.loss.BinaryCrossentropy;
import org.lossbook.loss.BinaryFocalCrossentropy;
import org.lossbook.loss.CategoricalCrossentropy;
import org.lossbook.loss.CategoricalFocalCrossentropy;
import org.lossbook.loss.CategoricalGeneralizedCrossEntropy;
import org.lossbook.loss.CategoricalHinge;
import org.lossbook.loss.CosineSimilarity;
import org.lossbook.loss.CustomLoss;
import org.lossbook.loss.CustomMetric;
import org.lossbook.loss.GaussianNll;
import org.lossbook.loss.Hinge;
import org.lossbook.loss.Huber;
import org.lossbook.loss.JensenShannon;
import org.lossbook.loss.KlDivergence;
import org.lossbook.loss.LogCosh;
import org.lossbook.loss.Logistic;
import org.lossbook.loss.Loss;
import org.lossbook.loss.MarginRanking;
import org.lossbook.loss.MeanAbsoluteError;
import org.lossbook.loss.MeanAbsolutePercentageError;
import org.lossbook.loss.MeanSquaredError;
import org.lossbook.loss.MeanSquaredLogarithmicError;
import org.lossbook.loss.MultiMargin;
import org.lossbook.loss.Poisson;
import org.lossbook.loss.Quantile;
import org.lossbook.loss.RootMeanSquaredError;
import org.lossbook.loss.SparseCategoricalCrossentropy;
import org.lossbook.loss.SquaredHinge;
import org.lossbook.loss.UncertaintyWeighted;
import org.lossbook.loss.adversarial.AdversarialPair;
import org.lossbook.loss.adversarial.LeastSquares;
import org.lossbook.loss.adversarial.Minimax;
import org.lossbook.loss.adversarial.NonSaturating;
import org.lossbook.loss.adversarial.Wasserstein;
import org.lossbook.loss.box.GeneralizedIntersectionOverUnion;
import org.lossbook.loss.box.IntersectionOverUnion;
import org.lossbook.loss.overlap.Dice;
import org.lossbook.loss.overlap.Tversky;
import org.lossbook.loss.pairwise.Circle;
import org.lossbook.loss.pairwise.Contrastive;
import org.lossbook.loss.pairwise.CosineEmbedding;
import org.lossbook.loss.pairwise.HingeEmbedding;
import org.lossbook.loss.pairwise.Triplet;
import org.lossbook.loss.pairwise.TripletMargin;
import org.lossbook.loss.sampled.SampledSoftmax;
import org.lossbook.loss.sequence.Ctc;
import org.lossbook.loss.sequence.CtcDecode;
import org.lossbook.loss.spec.ScheduledOrLearned;
import org.lossbook.metric.Metric;
import org.lossbook.metric.accuracy.Accuracy;
import org.lossbook.metric.accuracy.BinaryAccuracy;
import org.lossbook.metric.accuracy.CategoricalAccuracy;
import org.lossbook.metric.accuracy.ExactAccuracy;
import org.lossbook.metric.accuracy.SparseCategoricalAccuracy;
import org.lossbook.metric.accuracy.SparseTopKCategoricalAccuracy;
import org.lossbook.metric.accuracy.TopKCategoricalAccuracy;
import org.lossbook.metric.box.BoxIoU;
import org.lossbook.metric.confusion.Agreement;
import org.lossbook.metric.confusion.ConfusionCount;
import org.lossbook.metric.confusion.FBeta;
import org.lossbook.metric.confusion.IoU;
import org.lossbook.metric.confusion.Precision;
import org.lossbook.metric.confusion.Recall;
import org.lossbook.metric.confusion.Specificity;
import org.lossbook.metric.ranking.Auc;
import org.lossbook.metric.ranking.AveragePrecision;
import org.lossbook.metric.ranking.HitRate;
import org.lossbook.metric.ranking.MeanReciprocalRank;
import org.lossbook.metric.ranking.Ndcg;
import org.lossbook.metric.ranking.OperatingPoint;
import org.lossbook.metric.regression.Correlation;
import org.lossbook.metric.regression.R2;
import org.lossbook.metric.regression.Total;
import org.lossbook.metric.sequence.EditDistance;
import org.lossbook.metric.sequence.Perplexity;
import org.lossbook.metric.sequence.SequenceAccuracy;
import org.lossbook.model.Functional;
import org.lossbook.model.Model;
import org.lossbook.model.Sequential;
import org.lossbook.network.OwnLayer;
import org.lossbook.notebook.Screen;
import org.lossbook.optimizer.Adadelta;
import org.lossbook.optimizer.Adafactor;
import org.lossbook.optimizer.Adagrad;
import org.lossbook.optimizer.Adam;
import org.lossbook.optimizer.AdamW;
import org.lossbook.optimizer.Adamax;
import org.lossbook.optimizer.Ftrl;
import org.lossbook.optimizer.Lamb;
import org.lossbook.optimizer.Lion;
import org.lossbook.optimizer.Muon;
import org.lossbook.optimizer.Nadam;
import org.lossbook.optimizer.Optimizer;
import org.lossbook.optimizer.RmsProp;
import org.lossbook.optimizer.Sgd;
import org.lossbook.optimizer.descent.Descent;
import org.lossbook.optimizer.schedule.CosineDecay;
import org.lossbook.optimizer.schedule.CosineDecayRestarts;
import org.lossbook.optimizer.schedule.ExponentialDecay;
import org.lossbook.optimizer.schedule.InverseTimeDecay;
import org.lossbook.optimizer.schedule.PiecewiseConstantDecay;
import org.lossbook.optimizer.schedule.PolynomialDecay;
import org.lossbook.optimizer.schedule.StepDecay;
import org.lossbook.plot.BarChart;
import org.lossbook.plot.Chart;
import org.lossbook.plot.ContourChart;
import org.lossbook.plot.Figure;
import org.lossbook.plot.Pixels;
import org.lossbook.plot.Role;
import org.lossbook.plot.Tree;
import org.lossbook.plot.explorer.ComparedExplorer;
import org.lossbook.pretrained.Pretrained;
import org.lossbook.quiz.Quiz;
import org.lossbook.report.AttentionMap;
import org.lossbook.report.BoxPictures;
import org.lossbook.report.Pictures;
import org.lossbook.report.Rankings;
import org.lossbook.report.Regions;
import org.lossbook.report.RegionsFilm;
import org.lossbook.report.Report;
import org.lossbook.search.Candidate;
import org.lossbook.search.Interval;
import org.lossbook.search.Search;
import org.lossbook.search.Space;
import org.lossbook.training.TrainingMode;
import org.lossbook.training.fit.EvaluateOptions;
import org.lossbook.training.fit.FitOptions;
import tech.tablesaw.api.Table;

/**
 * The entry point of the library: factories for everything a notebook starts from, after {@code
 * import static org.lossbook.Lossbook.*;}.
 */
public final class Lossbook {
  static {
    // In a kernel the first use of this class registers how arrays, models and pictures are shown.
    Screen.current();
  }

  // Roles of series in figures

  /** The truth, y: what was measured or given. {@linkplain Role Its colour} in any figure. */
  public static final Role TRUTH = Role.TRUTH;

  /** A prediction, ŷ. {@linkplain Role Its colour} in any figure. */
  public static final Role PREDICTION = Role.PREDICTION;

  /** A loss. {@linkplain Role Its colour} in any figure. */
  public static final Role LOSS = Role.LOSS;

  /** The slope of a loss. {@linkplain Role Its colour} in any figure. */
  public static final Role GRADIENT = Role.GRADIENT;

  /** A metric on the training data. {@linkplain Role Its colour} in any figure. */
  public static final Role TRAINING = Role.TRAINING;

  /** A metric on the validation data. {@linkplain Role Its colour} in any figure. */
  public static final Role VALIDATION = Role.VALIDATION;

  /** A baseline such as guessing. {@linkplain Role Its colour} in any figure. */
  public static final Role GUESSING = Role.GUESSING;

  /** One of several alike. {@linkplain Role Its colour} in any figure. */
  public static final Role COMPARED = Role.COMPARED;

  private Lossbook() {}

  // Data

  /** {@linkplain Mnist#digits() MNIST}; if unavailable, synthetic digits and a notice. */
  public static Split digits() {
    return Mnist.digits();
  }

  /**
   * {@linkplain Mnist#mnist() MNIST}: 60,000 handwritten digits for training, 10,000 for testing.
   */
  public static Split mnist() {
    return Mnist.mnist();
  }

  /** {@linkplain Mnist#fashionMnist() Fashion-MNIST}: the same with clothes, and harder. */
  public static Split fashionMnist() {
    return Mnist.fashionMnist();
  }

  /** {@linkplain Augmentation#augment() Data augmentation}: varies images during training. */
  public static Augmentation augment() {
    return Augmentation.augment();
  }

  /** {@linkplain DrawnDigits#syntheticDigits Synthetic digits}, drawn by the library. */
  public static Dataset syntheticDigits(int count, long seed) {
    return DrawnDigits.syntheticDigits(count, seed);
  }

  /** {@linkplain CsvFile#read A table} from a CSV file. */
  public static Table csv(String path) {
    return CsvFile.read(path);
  }

  /** {@linkplain CsvFile#read The same} with a {@code Path}. */
  public static Table csv(Path path) {
    return CsvFile.read(path);
  }

  /** {@linkplain CsvFormat A table} from a CSV file in the given format. */
  public static Table csv(String path, CsvFormat format) {
    return CsvFile.read(path, format);
  }

  /** {@linkplain CsvFormat The same} with a {@code Path}. */
  public static Table csv(Path path, CsvFormat format) {
    return CsvFile.read(path, format);
  }

  /** {@linkplain CsvFormat#decimalComma A CSV format} with decimal commas, 1,5. */
  public static CsvFormat decimalComma() {
    return CsvFormat.plain().decimalComma();
  }

  /** {@linkplain CsvFormat#missing A CSV format} with these markers for missing values. */
  public static CsvFormat missing(String... markers) {
    return CsvFormat.plain().missing(markers);
  }

  /** {@linkplain CsvFormat#charset A CSV format} in an encoding other than UTF-8. */
  public static CsvFormat charset(String name) {
    return CsvFormat.plain().charset(name);
  }

  /** {@linkplain CsvFormat#dates A CSV format} with these date patterns. */
  public static CsvFormat dates(String... patterns) {
    return CsvFormat.plain().dates(patterns);
  }

  /** {@linkplain CsvFormat#header A CSV format} with or without a header line. */
  public static CsvFormat header(boolean names) {
    return CsvFormat.plain().header(names);
  }

  /** {@linkplain CsvFormat#separator A CSV format} with this separator. */
  public static CsvFormat separator(char between) {
    return CsvFormat.plain().separator(between);
  }

  /** {@linkplain CsvFormat#text A CSV format} that reads these columns as text. */
  public static CsvFormat text(String... columns) {
    return CsvFormat.plain().text(columns);
  }

  /**
   * {@linkplain TableData A table as features and a target}: a dataset, configured by chained
   * calls.
   */
  public static TableData table(Table table) {
    return TableData.of(table);
  }

  /** {@linkplain MakeRegression A random regression problem}: a linear target with noise. */
  public static MakeRegression makeRegression(int samples) {
    return MakeRegression.of(samples);
  }

  /**
   * {@linkplain MakeClassification A random classification problem}: clusters and noise features.
   */
  public static MakeClassification makeClassification(int samples) {
    return MakeClassification.of(samples);
  }

  /** {@linkplain MakeMoons Two half circles} that no straight line separates. */
  public static MakeMoons makeMoons(int samples) {
    return MakeMoons.of(samples);
  }

  /** {@linkplain MakeScenes Pictures of shapes} with a label for each pixel. */
  public static MakeScenes makeScenes(int scenes) {
    return MakeScenes.of(scenes);
  }

  /** {@linkplain MakeSeries A time series of known parts}: trend, seasons, random walk, noise. */
  public static MakeSeries makeSeries(int steps) {
    return MakeSeries.of(steps);
  }

  /** {@linkplain TimeSeries A time series} of your own: numbers in their order. */
  public static TimeSeries timeSeries(String name, Object values) {
    return TimeSeries.of(name, values);
  }

  /** {@linkplain TimeSeries#sunspots Sunspots} by year, from 1700 to 2008. */
  public static TimeSeries sunspots() {
    return TimeSeries.sunspots();
  }

  /** {@linkplain TimeSeries#co2 Carbon dioxide} at Mauna Loa by month, from 1959 to 2001. */
  public static TimeSeries co2() {
    return TimeSeries.co2();
  }

  /** {@linkplain Windows Windows of a time series}, each with what follows it as its target. */
  public static Windows windows(Object series, int length) {
    return Windows.of(series, length);
  }

  /** {@linkplain Forecasts Forecasts} of test windows, simple ones beside a model's. */
  public static Forecasts forecasts(Windows test) {
    return Forecasts.of(test);
  }

  /** {@linkplain Sound A sound} from a WAV, AIFF or AU file. */
  public static Sound audio(String path) {
    return Sound.read(path);
  }

  /** {@linkplain Sound The same} with a {@code Path}. */
  public static Sound audio(Path path) {
    return Sound.read(path);
  }

  /** {@linkplain Sound#of A sound} of these samples, so many a second. */
  public static Sound sound(Object samples, int rate) {
    return Sound.of(samples, rate);
  }

  /** {@linkplain MakeVowels Spoken vowels} made by formants, with the labels a, e, i, o and u. */
  public static MakeVowels makeVowels(int vowels) {
    return MakeVowels.of(vowels);
  }

  /** {@linkplain MakeVowels The same} with a seed. */
  public static MakeVowels makeVowels(int vowels, long seed) {
    return MakeVowels.of(vowels).seed(seed);
  }

  /** {@linkplain Ratings#of Ratings}: users, items, and how much each user likes an item. */
  public static Ratings ratings(Object who, Object what, Object howMuch) {
    return Ratings.of(who, what, howMuch);
  }

  /** {@linkplain MakeRatings Ratings of films} made from hidden factors. */
  public static MakeRatings makeRatings(int users, int items) {
    return MakeRatings.of(users, items);
  }

  /** {@linkplain MakeBoxes Images of a digit somewhere}, and the box around it. */
  public static MakeBoxes makeBoxes(int images) {
    return MakeBoxes.of(images);
  }

  /** {@linkplain MakeBoxes The same} with a seed. */
  public static MakeBoxes makeBoxes(int images, long seed) {
    return MakeBoxes.of(images).seed(seed);
  }

  /** {@linkplain Box A bounding box} with the corners (x₁, y₁) and (x₂, y₂). */
  public static Box box(double x1, double y1, double x2, double y2) {
    return Box.of(x1, y1, x2, y2);
  }

  /** {@linkplain Detections Found boxes} beside the true ones of each image: mAP. */
  public static Detections detections(List<List<Box>> y, List<List<Box>> yHat) {
    return Detections.of(y, yHat);
  }

  /** {@linkplain MakeReviews Short reviews} of films, texts with the labels 0 and 1. */
  public static MakeReviews makeReviews(int reviews) {
    return MakeReviews.of(reviews);
  }

  /** The same with a seed. */
  public static MakeReviews makeReviews(int reviews, long seed) {
    return MakeReviews.of(reviews).seed(seed);
  }

  /** {@linkplain MakeBlobs Gaussian blobs} of points, one per class. */
  public static MakeBlobs makeBlobs(int samples) {
    return MakeBlobs.of(samples);
  }

  /** {@linkplain Picture A picture} of your own, from a file, as a sample for a model. */
  public static Picture image(String path) {
    return Picture.read(path);
  }

  /** {@linkplain Picture The same} with a {@code Path}. */
  public static Picture image(Path path) {
    return Picture.read(path);
  }

  /** {@linkplain Picture A picture} from the bytes of a file. */
  public static Picture image(byte[] content) {
    return Picture.read(content);
  }

  /** {@linkplain Picture A picture} from a {@code BufferedImage}. */
  public static Picture image(BufferedImage image) {
    return Picture.of(image);
  }

  /** {@linkplain ImageFolder Pictures in folders}, one per class, as a dataset. */
  public static ImageFolder imageFolder(String path) {
    return ImageFolder.of(path);
  }

  /** {@linkplain ImageFolder The same} with a {@code Path}. */
  public static ImageFolder imageFolder(Path path) {
    return ImageFolder.of(path);
  }

  /** {@linkplain Dataset#of A dataset} of two arrays in memory. */
  public static Dataset dataset(Object x, Object y) {
    return Dataset.of(x, y);
  }

  /** {@linkplain Dataset#of(Object, Object, Object) The same} with weights. */
  public static Dataset dataset(Object x, Object y, Object weights) {
    return Dataset.of(x, y, weights);
  }

  /** {@linkplain DataStream#of(Iterable) Batches or samples} to iterate over in each epoch. */
  public static DataStream stream(Iterable<?> parts) {
    return DataStream.of(parts);
  }

  /** {@linkplain DataStream#of(Iterator) Batches or samples} to iterate over once. */
  public static DataStream stream(Iterator<?> parts) {
    return DataStream.of(parts);
  }

  /** {@linkplain DataStream#of(Stream) Batches or samples} from a Java stream. */
  public static DataStream stream(Stream<?> parts) {
    return DataStream.of(parts);
  }

  /** {@linkplain DataStream#generated Batches or samples} from a generator function. */
  public static DataStream generator(Supplier<?> next) {
    return DataStream.generated(next);
  }

  /** {@linkplain Batch#of(Object, Object) A batch} of a stream. */
  public static Batch batch(Object x, Object y) {
    return Batch.of(x, y);
  }

  /** {@linkplain Batch#of(Object, Object, Object) A batch} of a stream, with weights. */
  public static Batch batch(Object x, Object y, Object weights) {
    return Batch.of(x, y, weights);
  }

  /** {@linkplain Sample#of(Object, Object) A sample} of a stream. */
  public static Sample sample(Object x, Object y) {
    return Sample.of(x, y);
  }

  /** {@linkplain Sample#of(Object, Object, double) A sample} of a stream, with its weight. */
  public static Sample sample(Object x, Object y, double weight) {
    return Sample.of(x, y, weight);
  }

  // Layers

  /** {@linkplain Input Input}: the shape of one sample, channels last. */
  public static Input input(int... shape) {
    return new Input(shape);
  }

  /** The {@linkplain Input input} of a network whose samples are texts. */
  public static Input textInput() {
    return Input.ofTexts(1);
  }

  /** The input of a network whose samples are so many texts each. */
  public static Input textInput(int texts) {
    return Input.ofTexts(texts);
  }

  /** {@linkplain Input A length} that the data decides: {@code input(anyLength(), 32)}. */
  public static int anyLength() {
    return Shapes.ANY;
  }

  /** {@linkplain Input A size} that the data decides: {@code input(anySize(), anySize(), 3)}. */
  public static int anySize() {
    return Shapes.ANY;
  }

  /** {@linkplain EinsumDense A dense layer over any axes}, named by letters: "abc,cd->abd". */
  public static EinsumDense einsumDense(String equation, int... outputShape) {
    return new EinsumDense(equation, outputShape);
  }

  /** {@linkplain Dense Dense layer}: every output is connected to every input. */
  public static Dense dense(int units) {
    return new Dense(units);
  }

  /** {@linkplain Conv2d Convolution} with square kernels of {@code kernelSize} pixels a side. */
  public static Conv2d conv2d(int filters, int kernelSize) {
    return new Conv2d(filters, kernelSize, kernelSize);
  }

  /** {@linkplain Conv2d Convolution} with kernels of that height and width. */
  public static Conv2d conv2d(int filters, int kernelHeight, int kernelWidth) {
    return new Conv2d(filters, kernelHeight, kernelWidth);
  }

  /** {@linkplain Conv1d Convolution} of a sequence with kernels of that length. */
  public static Conv1d conv1d(int filters, int kernelSize) {
    return new Conv1d(filters, kernelSize);
  }

  /** {@linkplain Conv3d Convolution} of a volume with kernels that are cubes. */
  public static Conv3d conv3d(int filters, int kernelSize) {
    return new Conv3d(filters, kernelSize, kernelSize, kernelSize);
  }

  /** {@linkplain Conv3d Convolution} of a volume with kernels of these extents. */
  public static Conv3d conv3d(int filters, int kernelDepth, int kernelHeight, int kernelWidth) {
    return new Conv3d(filters, kernelDepth, kernelHeight, kernelWidth);
  }

  /** {@linkplain DepthwiseConv1d Depthwise convolution}: each channel by itself. */
  public static DepthwiseConv1d depthwiseConv1d(int kernelSize) {
    return new DepthwiseConv1d(kernelSize);
  }

  /** {@linkplain DepthwiseConv2d Depthwise convolution}: each channel by itself. */
  public static DepthwiseConv2d depthwiseConv2d(int kernelSize) {
    return new DepthwiseConv2d(kernelSize, kernelSize);
  }

  /** {@linkplain DepthwiseConv2d Depthwise convolution} with kernels of that height and width. */
  public static DepthwiseConv2d depthwiseConv2d(int kernelHeight, int kernelWidth) {
    return new DepthwiseConv2d(kernelHeight, kernelWidth);
  }

  /** {@linkplain SeparableConv1d Separable convolution}: depthwise, then one step wide. */
  public static SeparableConv1d separableConv1d(int filters, int kernelSize) {
    return new SeparableConv1d(filters, kernelSize);
  }

  /** {@linkplain SeparableConv2d Separable convolution}: depthwise, then one pixel wide. */
  public static SeparableConv2d separableConv2d(int filters, int kernelSize) {
    return new SeparableConv2d(filters, kernelSize, kernelSize);
  }

  /** {@linkplain SeparableConv2d Separable convolution} with kernels of that height and width. */
  public static SeparableConv2d separableConv2d(int filters, int kernelHeight, int kernelWidth) {
    return new SeparableConv2d(filters, kernelHeight, kernelWidth);
  }

  /** {@linkplain Conv1dTranspose Transposed convolution} of a sequence. */
  public static Conv1dTranspose conv1dTranspose(int filters, int kernelSize) {
    return new Conv1dTranspose(filters, kernelSize);
  }

  /** {@linkplain Conv2dTranspose Transposed convolution} with square kernels. */
  public static Conv2dTranspose conv2dTranspose(int filters, int kernelSize) {
    return new Conv2dTranspose(filters, kernelSize, kernelSize);
  }

  /** {@linkplain Conv2dTranspose Transposed convolution} with kernels of that height and width. */
  public static Conv2dTranspose conv2dTranspose(int filters, int kernelHeight, int kernelWidth) {
    return new Conv2dTranspose(filters, kernelHeight, kernelWidth);
  }

  /** {@linkplain Conv3dTranspose Transposed convolution} with kernels that are cubes. */
  public static Conv3dTranspose conv3dTranspose(int filters, int kernelSize) {
    return new Conv3dTranspose(filters, kernelSize, kernelSize, kernelSize);
  }

  /** {@linkplain Conv3dTranspose Transposed convolution} with kernels of these extents. */
  public static Conv3dTranspose conv3dTranspose(
      int filters, int kernelDepth, int kernelHeight, int kernelWidth) {
    return new Conv3dTranspose(filters, kernelDepth, kernelHeight, kernelWidth);
  }

  /** {@linkplain MaxPooling1d Max pooling} of a sequence with a window of that length. */
  public static MaxPooling1d maxPooling1d(int poolSize) {
    return new MaxPooling1d(poolSize);
  }

  /** {@linkplain MaxPooling2d Max pooling} with a square window. */
  public static MaxPooling2d maxPooling2d(int poolSize) {
    return new MaxPooling2d(poolSize, poolSize);
  }

  /** {@linkplain MaxPooling2d Max pooling} with a window of that height and width. */
  public static MaxPooling2d maxPooling2d(int poolHeight, int poolWidth) {
    return new MaxPooling2d(poolHeight, poolWidth);
  }

  /** {@linkplain MaxPooling3d Max pooling} of a volume with a window that is a cube. */
  public static MaxPooling3d maxPooling3d(int poolSize) {
    return new MaxPooling3d(poolSize, poolSize, poolSize);
  }

  /** {@linkplain MaxPooling3d Max pooling} of a volume with a window of these extents. */
  public static MaxPooling3d maxPooling3d(int poolDepth, int poolHeight, int poolWidth) {
    return new MaxPooling3d(poolDepth, poolHeight, poolWidth);
  }

  /** {@linkplain AveragePooling1d Average pooling} of a sequence with a window of that length. */
  public static AveragePooling1d averagePooling1d(int poolSize) {
    return new AveragePooling1d(poolSize);
  }

  /** {@linkplain AveragePooling2d Average pooling} with a square window. */
  public static AveragePooling2d averagePooling2d(int poolSize) {
    return new AveragePooling2d(poolSize, poolSize);
  }

  /** {@linkplain AveragePooling2d Average pooling} with a window of that height and width. */
  public static AveragePooling2d averagePooling2d(int poolHeight, int poolWidth) {
    return new AveragePooling2d(poolHeight, poolWidth);
  }

  /** {@linkplain AveragePooling3d Average pooling} of a volume with a window that is a cube. */
  public static AveragePooling3d averagePooling3d(int poolSize) {
    return new AveragePooling3d(poolSize, poolSize, poolSize);
  }

  /** {@linkplain AveragePooling3d Average pooling} of a volume with a window of these extents. */
  public static AveragePooling3d averagePooling3d(int poolDepth, int poolHeight, int poolWidth) {
    return new AveragePooling3d(poolDepth, poolHeight, poolWidth);
  }

  /**
   * {@linkplain GlobalAveragePooling1d Global average pooling}: the mean of each channel of a
   * sequence.
   */
  public static GlobalAveragePooling1d globalAveragePooling1d() {
    return new GlobalAveragePooling1d();
  }

  /** {@linkplain GlobalAveragePooling2d Global average pooling}: the mean of each channel. */
  public static GlobalAveragePooling2d globalAveragePooling2d() {
    return new GlobalAveragePooling2d();
  }

  /**
   * {@linkplain GlobalAveragePooling3d Global average pooling}: the mean of each channel of a
   * volume.
   */
  public static GlobalAveragePooling3d globalAveragePooling3d() {
    return new GlobalAveragePooling3d();
  }

  /**
   * {@linkplain GlobalMaxPooling1d Global max pooling}: the maximum of each channel of a sequence.
   */
  public static GlobalMaxPooling1d globalMaxPooling1d() {
    return new GlobalMaxPooling1d();
  }

  /** {@linkplain GlobalMaxPooling2d Global max pooling}: the maximum of each channel. */
  public static GlobalMaxPooling2d globalMaxPooling2d() {
    return new GlobalMaxPooling2d();
  }

  /**
   * {@linkplain GlobalMaxPooling3d Global max pooling}: the maximum of each channel of a volume.
   */
  public static GlobalMaxPooling3d globalMaxPooling3d() {
    return new GlobalMaxPooling3d();
  }

  /**
   * {@linkplain AdaptiveAveragePooling1d Adaptive average pooling} of a sequence of any length to
   * that one.
   */
  public static AdaptiveAveragePooling1d adaptiveAveragePooling1d(int outputLength) {
    return new AdaptiveAveragePooling1d(outputLength);
  }

  /**
   * {@linkplain AdaptiveAveragePooling2d Adaptive average pooling} of an image of any size to a
   * square.
   */
  public static AdaptiveAveragePooling2d adaptiveAveragePooling2d(int outputSize) {
    return new AdaptiveAveragePooling2d(outputSize, outputSize);
  }

  /** {@linkplain AdaptiveAveragePooling2d Adaptive average pooling} to that height and width. */
  public static AdaptiveAveragePooling2d adaptiveAveragePooling2d(
      int outputHeight, int outputWidth) {
    return new AdaptiveAveragePooling2d(outputHeight, outputWidth);
  }

  /**
   * {@linkplain AdaptiveAveragePooling3d Adaptive average pooling} of a volume of any size to a
   * cube.
   */
  public static AdaptiveAveragePooling3d adaptiveAveragePooling3d(int outputSize) {
    return new AdaptiveAveragePooling3d(outputSize, outputSize, outputSize);
  }

  /**
   * {@linkplain AdaptiveAveragePooling3d Adaptive average pooling} of a volume to these extents.
   */
  public static AdaptiveAveragePooling3d adaptiveAveragePooling3d(
      int outputDepth, int outputHeight, int outputWidth) {
    return new AdaptiveAveragePooling3d(outputDepth, outputHeight, outputWidth);
  }

  /**
   * {@linkplain AdaptiveMaxPooling1d Adaptive max pooling} of a sequence of any length to that one.
   */
  public static AdaptiveMaxPooling1d adaptiveMaxPooling1d(int outputLength) {
    return new AdaptiveMaxPooling1d(outputLength);
  }

  /** {@linkplain AdaptiveMaxPooling2d Adaptive max pooling} of an image of any size to a square. */
  public static AdaptiveMaxPooling2d adaptiveMaxPooling2d(int outputSize) {
    return new AdaptiveMaxPooling2d(outputSize, outputSize);
  }

  /** {@linkplain AdaptiveMaxPooling2d Adaptive max pooling} to that height and width. */
  public static AdaptiveMaxPooling2d adaptiveMaxPooling2d(int outputHeight, int outputWidth) {
    return new AdaptiveMaxPooling2d(outputHeight, outputWidth);
  }

  /** {@linkplain AdaptiveMaxPooling3d Adaptive max pooling} of a volume of any size to a cube. */
  public static AdaptiveMaxPooling3d adaptiveMaxPooling3d(int outputSize) {
    return new AdaptiveMaxPooling3d(outputSize, outputSize, outputSize);
  }

  /** {@linkplain AdaptiveMaxPooling3d Adaptive max pooling} of a volume to these extents. */
  public static AdaptiveMaxPooling3d adaptiveMaxPooling3d(
      int outputDepth, int outputHeight, int outputWidth) {
    return new AdaptiveMaxPooling3d(outputDepth, outputHeight, outputWidth);
  }

  /**
   * {@linkplain BatchNormalization Batch normalization}: mean 0 and variance 1 per channel, then
   * scaled.
   */
  public static BatchNormalization batchNormalization() {
    return new BatchNormalization();
  }

  /** {@linkplain DotAttention Attention}: means of values, weighted by q · k. */
  public static DotAttention attention() {
    return new DotAttention();
  }

  /** {@linkplain AdditiveAttention Additive attention}: weighted by Σ scale · tanh(q + k). */
  public static AdditiveAttention additiveAttention() {
    return new AdditiveAttention();
  }

  /** {@linkplain PositionEmbedding Learned positions}: adds a trained vector to each step. */
  public static PositionEmbedding positionEmbedding(int length) {
    return new PositionEmbedding(length);
  }

  /** {@linkplain SinePositions Sinusoidal positions}: adds sines and cosines to each step. */
  public static SinePositions sinePositions() {
    return new SinePositions();
  }

  /** {@linkplain MultiHeadAttention Multi-head attention}: each step takes from all what fits. */
  public static MultiHeadAttention multiHeadAttention(int heads, int keyDim) {
    return new MultiHeadAttention(heads, keyDim);
  }

  /** {@linkplain GroupedQueryAttention Attention} whose heads share keys and values in groups. */
  public static GroupedQueryAttention groupedQueryAttention(
      int headDim, int queryHeads, int keyValueHeads) {
    return new GroupedQueryAttention(headDim, queryHeads, keyValueHeads);
  }

  /** {@linkplain LayerNormalization Layer normalization}: mean 0 and variance 1 in each row. */
  public static LayerNormalization layerNormalization() {
    return new LayerNormalization();
  }

  /** {@linkplain GroupNormalization Group normalization} in 32 groups of channels. */
  public static GroupNormalization groupNormalization() {
    return new GroupNormalization(32);
  }

  /** {@linkplain GroupNormalization Group normalization}; -1 is a group for each channel. */
  public static GroupNormalization groupNormalization(int groups) {
    return new GroupNormalization(groups);
  }

  /** {@linkplain RmsNormalization RMS normalization}: divides rows by their root mean square. */
  public static RmsNormalization rmsNormalization() {
    return new RmsNormalization();
  }

  /** {@linkplain UnitNormalization Unit normalization}: scales each row to length 1. */
  public static UnitNormalization unitNormalization() {
    return new UnitNormalization();
  }

  /** {@linkplain SpectralNormalization Spectral normalization} of a layer's kernel. */
  public static SpectralNormalization spectralNormalization(Layer layer) {
    return new SpectralNormalization(layer);
  }

  /** {@linkplain Lstm Long short-term memory}: reads sequences step by step, with a memory. */
  public static Lstm lstm(int units) {
    return new Lstm(units);
  }

  /** {@linkplain Gru Gated recurrent unit}: reads sequences step by step, with two gates. */
  public static Gru gru(int units) {
    return new Gru(units);
  }

  /** {@linkplain SimpleRnn Simple recurrent layer}: reads sequences step by step. */
  public static SimpleRnn simpleRnn(int units) {
    return new SimpleRnn(units);
  }

  /** {@linkplain ConvLstm1d Convolutional LSTM} of sequences of signals. */
  public static ConvLstm1d convLstm1d(int filters, int kernelSize) {
    return new ConvLstm1d(filters, kernelSize);
  }

  /** {@linkplain ConvLstm2d Convolutional LSTM} of films. */
  public static ConvLstm2d convLstm2d(int filters, int kernelSize) {
    return new ConvLstm2d(filters, kernelSize, kernelSize);
  }

  /** {@linkplain ConvLstm2d Convolutional LSTM} of films with a rectangular kernel. */
  public static ConvLstm2d convLstm2d(int filters, int kernelHeight, int kernelWidth) {
    return new ConvLstm2d(filters, kernelHeight, kernelWidth);
  }

  /** {@linkplain ConvLstm3d Convolutional LSTM} of sequences of volumes. */
  public static ConvLstm3d convLstm3d(int filters, int kernelSize) {
    return new ConvLstm3d(filters, kernelSize, kernelSize, kernelSize);
  }

  /** {@linkplain LstmCell The cell} of an LSTM: one of its steps. */
  public static LstmCell lstmCell(int units) {
    return new LstmCell(units);
  }

  /** {@linkplain GruCell The cell} of a GRU: one of its steps. */
  public static GruCell gruCell(int units) {
    return new GruCell(units);
  }

  /** {@linkplain SimpleRnnCell The cell} of a simple recurrent layer: one of its steps. */
  public static SimpleRnnCell simpleRnnCell(int units) {
    return new SimpleRnnCell(units);
  }

  /** {@linkplain StackedRnnCells Cells one upon another} as one cell. */
  public static StackedRnnCells stackedRnnCells(List<? extends RecurrentCell> cells) {
    return new StackedRnnCells(cells);
  }

  /** {@linkplain Rnn Recurrent layer} of a cell, {@code rnn(lstmCell(64))}. */
  public static Rnn rnn(RecurrentCell cell) {
    return new Rnn(cell);
  }

  /** {@linkplain Rnn Recurrent layer} of several cells, one upon another. */
  public static Rnn rnn(List<? extends RecurrentCell> cells) {
    return new Rnn(stackedRnnCells(cells));
  }

  /**
   * {@linkplain Bidirectional Bidirectional}: a recurrent layer from the start and one from the
   * end.
   */
  public static Bidirectional bidirectional(Layer layer) {
    return new Bidirectional(layer);
  }

  /** {@linkplain Bidirectional Bidirectional} with a layer of your own for the way back. */
  public static Bidirectional bidirectional(Layer forward, Layer backward) {
    return new Bidirectional(forward, backward);
  }

  /** {@linkplain TimeDistributed Time distributed}: applies a layer to each step. */
  public static TimeDistributed timeDistributed(Layer layer) {
    return new TimeDistributed(layer);
  }

  /** {@linkplain Rescaling Rescaling}: x · scale. */
  public static Rescaling rescaling(double scale) {
    return new Rescaling(scale, 0);
  }

  /** {@linkplain Rescaling Rescaling}: x · scale + offset. */
  public static Rescaling rescaling(double scale, double offset) {
    return new Rescaling(scale, offset);
  }

  /** {@linkplain Rescaling Rescaling} with a scale and an offset for each channel. */
  public static Rescaling rescaling(double[] scales, double[] offsets) {
    return new Rescaling(scales, offsets);
  }

  /** {@linkplain Normalization Normalization} of features by the statistics of your data. */
  public static Normalization normalization() {
    return new Normalization();
  }

  /** {@linkplain Resizing Resizing} of images to that height and width. */
  public static Resizing resizing(int height, int width) {
    return new Resizing(height, width);
  }

  /** {@linkplain Pipeline A pipeline}: layers without weights, one after the other, as one. */
  public static Pipeline pipeline(Layer... layers) {
    return new Pipeline(layers);
  }

  /** {@linkplain CenterCrop Center crop}: the middle of images, of that height and width. */
  public static CenterCrop centerCrop(int height, int width) {
    return new CenterCrop(height, width);
  }

  /** {@linkplain Discretization Discretization}: the bin of each number, between boundaries. */
  public static Discretization discretization(double... binBoundaries) {
    return new Discretization(binBoundaries);
  }

  /** {@linkplain CategoryEncoding Category encoding}: rows with a number for each category. */
  public static CategoryEncoding categoryEncoding(int numTokens) {
    return new CategoryEncoding(numTokens);
  }

  /** {@linkplain TextVectorization Text vectorization}: makes numbers of texts. */
  public static TextVectorization textVectorization() {
    return new TextVectorization();
  }

  /** Text vectorization with the most tokens that its vocabulary may have. */
  public static TextVectorization textVectorization(int maxTokens) {
    return new TextVectorization(maxTokens);
  }

  /** {@linkplain StringLookup String lookup}: the index of each text in a vocabulary. */
  public static StringLookup stringLookup() {
    return new StringLookup();
  }

  /** {@linkplain IntegerLookup Integer lookup}: the index of each number in a vocabulary. */
  public static IntegerLookup integerLookup() {
    return new IntegerLookup();
  }

  /** {@linkplain Hashing Hashing}: sorts texts or whole numbers into bins by a hash function. */
  public static Hashing hashing(int bins) {
    return new Hashing(bins);
  }

  /** {@linkplain Dropout Dropout}: in training, sets numbers to zero at random. */
  public static Dropout dropout(double rate) {
    return new Dropout(rate);
  }

  /** {@linkplain StochasticDepth Stochastic depth}: drops whole samples, to skip a block. */
  public static StochasticDepth stochasticDepth(double rate) {
    return new StochasticDepth(rate);
  }

  /** {@linkplain LayerScale Layer scale}: a trained factor for each channel, small at first. */
  public static LayerScale layerScale(double initial, int channels) {
    return new LayerScale(initial, channels);
  }

  /** A {@linkplain ScaledResidual scaled residual connection}: a + scale · b. */
  public static ScaledResidual scaledResidual(double scale) {
    return new ScaledResidual(scale);
  }

  /** {@linkplain AlphaDropout Alpha dropout}, for networks with SELU: keeps mean and variance. */
  public static AlphaDropout alphaDropout(double rate) {
    return new AlphaDropout(rate);
  }

  /**
   * {@linkplain ActivityRegularization Activity regularization}: a penalty on large activations.
   */
  public static ActivityRegularization activityRegularization(double l1, double l2) {
    return new ActivityRegularization(l1, l2);
  }

  /** {@linkplain SpatialDropout1d Spatial dropout}: drops whole channels of sequences. */
  public static SpatialDropout1d spatialDropout1d(double rate) {
    return new SpatialDropout1d(rate);
  }

  /** {@linkplain SpatialDropout3d Spatial dropout}: drops whole channels of volumes. */
  public static SpatialDropout3d spatialDropout3d(double rate) {
    return new SpatialDropout3d(rate);
  }

  /** {@linkplain SpatialDropout2d Spatial dropout}: drops whole channels of images. */
  public static SpatialDropout2d spatialDropout2d(double rate) {
    return new SpatialDropout2d(rate);
  }

  /** {@linkplain GaussianDropout Gaussian dropout}: multiplies by normal numbers. */
  public static GaussianDropout gaussianDropout(double rate) {
    return new GaussianDropout(rate);
  }

  /** {@linkplain GaussianNoise Gaussian noise}: in training, adds normal numbers. */
  public static GaussianNoise gaussianNoise(double stddev) {
    return new GaussianNoise(stddev);
  }

  /** {@linkplain RandomFlip A random flip} of images in training, in both directions at once. */
  public static RandomFlip randomFlip() {
    return RandomFlip.randomFlip("horizontal_and_vertical");
  }

  /** {@linkplain RandomFlip A random flip}: {@code "horizontal"} or {@code "vertical"}. */
  public static RandomFlip randomFlip(String mode) {
    return RandomFlip.randomFlip(mode);
  }

  /**
   * {@linkplain RandomGeometry A random turn} of images in training, by up to that share of a
   * circle.
   */
  public static RandomGeometry randomRotation(double factor) {
    return RandomGeometry.randomRotation(factor);
  }

  /** {@linkplain RandomGeometry A random move} of images in training, by up to these shares. */
  public static RandomGeometry randomTranslation(double heightFactor, double widthFactor) {
    return RandomGeometry.randomTranslation(heightFactor, widthFactor);
  }

  /** {@linkplain RandomGeometry A random zoom} of images in training, by up to that share. */
  public static RandomGeometry randomZoom(double heightFactor) {
    return RandomGeometry.randomZoom(heightFactor);
  }

  /** {@linkplain RandomGeometry A random zoom} of images in training, along each axis by itself. */
  public static RandomGeometry randomZoom(double heightFactor, double widthFactor) {
    return RandomGeometry.randomZoom(heightFactor, widthFactor);
  }

  /** {@linkplain RandomGeometry A random shear} of images in training. */
  public static RandomGeometry randomShear(double horizontalFactor, double verticalFactor) {
    return RandomGeometry.randomShear(horizontalFactor, verticalFactor);
  }

  /**
   * {@linkplain RandomGeometry A random perspective} of images in training, with a probability up
   * to that.
   */
  public static RandomGeometry randomPerspective(double factor) {
    return RandomGeometry.randomPerspective(factor);
  }

  /**
   * {@linkplain RandomGeometry A random bend} of images in training, with a probability up to that.
   */
  public static RandomGeometry randomElasticTransform(double factor) {
    return RandomGeometry.randomElasticTransform(factor);
  }

  /** {@linkplain RandomColor Random brightness} of images in training. */
  public static RandomColor randomBrightness(double factor) {
    return RandomColor.randomBrightness(factor);
  }

  /** {@linkplain RandomColor Random contrast} of images in training. */
  public static RandomColor randomContrast(double factor) {
    return RandomColor.randomContrast(factor);
  }

  /** {@linkplain RandomColor Random saturation} of images in training. */
  public static RandomColor randomSaturation(double factor) {
    return RandomColor.randomSaturation(factor);
  }

  /** {@linkplain RandomColor Random hues} of images in training. */
  public static RandomColor randomHue(double factor) {
    return RandomColor.randomHue(factor);
  }

  /** {@linkplain RandomColor Random sharpness} of images in training. */
  public static RandomColor randomSharpness(double factor) {
    return RandomColor.randomSharpness(factor);
  }

  /** {@linkplain RandomColor Random fading} of the colors of images in training. */
  public static RandomColor randomColorDegeneration(double factor) {
    return RandomColor.randomColorDegeneration(factor);
  }

  /** {@linkplain RandomColor Grey images} in training, with that probability. */
  public static RandomColor randomGrayscale(double factor) {
    return RandomColor.randomGrayscale(factor);
  }

  /** {@linkplain RandomColor Inverted images} in training, with a probability up to that. */
  public static RandomColor randomInvert(double factor) {
    return RandomColor.randomInvert(factor);
  }

  /** {@linkplain RandomColor Images of fewer bits} in training. */
  public static RandomColor randomPosterization(double factor) {
    return RandomColor.randomPosterization(factor);
  }

  /**
   * {@linkplain RandomColorJitter Random brightness, contrast, saturation and hue} of images in
   * training.
   */
  public static RandomColorJitter randomColorJitter() {
    return RandomColorJitter.randomColorJitter();
  }

  /**
   * {@linkplain RandomErasing A covered rectangle} of images in training, with a probability up to
   * that.
   */
  public static RandomErasing randomErasing(double factor) {
    return RandomErasing.randomErasing(factor);
  }

  /**
   * {@linkplain RandomGaussianBlur A random blur} of images in training, with a probability up to
   * that.
   */
  public static RandomGaussianBlur randomGaussianBlur(double factor) {
    return RandomGaussianBlur.randomGaussianBlur(factor);
  }

  /** {@linkplain RandomCrop A window} of that size, anywhere in an image in training. */
  public static RandomCrop randomCrop(int height, int width) {
    return RandomCrop.randomCrop(height, width);
  }

  /** {@linkplain Solarization Inverted bright pixels} of images in training. */
  public static Solarization solarization() {
    return Solarization.solarization();
  }

  /** {@linkplain MixUp Images mixed} with others of their batch in training. */
  public static MixUp mixUp(double alpha) {
    return MixUp.mixUp(alpha);
  }

  /** {@linkplain CutMix Rectangles of other images} of the batch in each image in training. */
  public static CutMix cutMix(double factor) {
    return CutMix.cutMix(factor);
  }

  /** {@linkplain RandAugment Changes drawn among eleven} of images in training. */
  public static RandAugment randAugment(double factor) {
    return RandAugment.randAugment(factor);
  }

  /** {@linkplain AugMix Images mixed with changed copies} of themselves in training. */
  public static AugMix augMix(double factor) {
    return AugMix.augMix(factor);
  }

  /** {@linkplain AutoContrast The full range} of values for each channel of an image. */
  public static AutoContrast autoContrast() {
    return AutoContrast.autoContrast();
  }

  /** {@linkplain Equalization Evenly spread values} of images in training. */
  public static Equalization equalization() {
    return Equalization.equalization();
  }

  /** {@linkplain WeightInitializer Initial weights} of 0. */
  public static WeightInitializer zeros() {
    return Initializers.zeros();
  }

  /** {@linkplain WeightInitializer Initial weights} of 1. */
  public static WeightInitializer ones() {
    return Initializers.ones();
  }

  /** {@linkplain WeightInitializer Initial weights} of this value. */
  public static WeightInitializer constant(double value) {
    return Initializers.constant(value);
  }

  /** {@linkplain WeightInitializer Normal initial weights}. */
  public static WeightInitializer randomNormal(double mean, double stddev) {
    return Initializers.randomNormal(mean, stddev);
  }

  /** {@linkplain WeightInitializer Uniform initial weights} between two bounds. */
  public static WeightInitializer randomUniform(double from, double to) {
    return Initializers.randomUniform(from, to);
  }

  /** {@linkplain WeightInitializer Normal initial weights} within two standard deviations. */
  public static WeightInitializer truncatedNormal(double mean, double stddev) {
    return Initializers.truncatedNormal(mean, stddev);
  }

  /** {@linkplain WeightInitializer Initial weights} of variance scale / fan, with Keras's names. */
  public static WeightInitializer varianceScaling(double scale, String mode, String distribution) {
    return Initializers.varianceScaling(scale, mode, distribution);
  }

  /** {@linkplain WeightInitializer Glorot normal}: variance 2 / (inputs + outputs). */
  public static WeightInitializer glorotNormal() {
    return Initializers.glorotNormal();
  }

  /**
   * {@linkplain WeightInitializer Glorot uniform}, the default: variance 2 / (inputs + outputs).
   */
  public static WeightInitializer glorotUniform() {
    return Initializers.glorotUniform();
  }

  /** {@linkplain WeightInitializer He normal}, for ReLU: variance 2 / inputs (He et al. 2015). */
  public static WeightInitializer heNormal() {
    return Initializers.heNormal();
  }

  /** {@linkplain WeightInitializer He uniform}, for ReLU: variance 2 / inputs. */
  public static WeightInitializer heUniform() {
    return Initializers.heUniform();
  }

  /** {@linkplain WeightInitializer LeCun normal}, for SELU: variance 1 / inputs. */
  public static WeightInitializer lecunNormal() {
    return Initializers.lecunNormal();
  }

  /** {@linkplain WeightInitializer LeCun uniform}: variance 1 / inputs. */
  public static WeightInitializer lecunUniform() {
    return Initializers.lecunUniform();
  }

  /** {@linkplain WeightInitializer Orthogonal initial weights}: rows or columns at right angles. */
  public static WeightInitializer orthogonal() {
    return Initializers.orthogonal(1);
  }

  /** {@linkplain WeightInitializer Orthogonal initial weights} times a gain. */
  public static WeightInitializer orthogonal(double gain) {
    return Initializers.orthogonal(gain);
  }

  /**
   * {@linkplain WeightInitializer The identity matrix} as initial weights: dense layers pass on
   * their inputs.
   */
  public static WeightInitializer identityMatrix() {
    return Initializers.identity(1);
  }

  /** {@linkplain Constraint#maxNorm A maximum norm} of the weights of each output. */
  public static Constraint maxNorm(double most) {
    return Constraint.maxNorm(most);
  }

  /** {@linkplain Constraint#nonNegative Non-negative weights}. */
  public static Constraint nonNegative() {
    return Constraint.nonNegative();
  }

  /** {@linkplain Constraint#minMaxNorm A norm between two} of the weights of each output. */
  public static Constraint minMaxNorm(double least, double most) {
    return Constraint.minMaxNorm(least, most);
  }

  /** {@linkplain Constraint#unitNorm Unit norm} of the weights of each output. */
  public static Constraint unitNorm() {
    return Constraint.unitNorm();
  }

  /** {@linkplain Add Element-wise sum of several values}: {@code add().of(a, b)}. */
  public static Add add() {
    return new Add();
  }

  /** {@linkplain Subtract Element-wise difference}: {@code subtract().of(a, b)}. */
  public static Subtract subtract() {
    return new Subtract();
  }

  /** {@linkplain Multiply Element-wise product of several values}: {@code multiply().of(a, b)}. */
  public static Multiply multiply() {
    return new Multiply();
  }

  /** {@linkplain Average Element-wise mean of several values}: {@code average().of(a, b)}. */
  public static Average average() {
    return new Average();
  }

  /** {@linkplain Maximum Element-wise maximum of several values}: {@code maximum().of(a, b)}. */
  public static Maximum maximum() {
    return new Maximum();
  }

  /** {@linkplain Minimum Element-wise minimum of several values}: {@code minimum().of(a, b)}. */
  public static Minimum minimum() {
    return new Minimum();
  }

  /** {@linkplain Concatenate Concatenation of several values}: {@code concatenate().of(a, b)}. */
  public static Concatenate concatenate() {
    return new Concatenate();
  }

  /** {@linkplain Dot Dot product of two vectors}: {@code dot().of(a, b)}. */
  public static Dot dot() {
    return new Dot();
  }

  /** {@linkplain ActivationLayer An activation function}, by Keras's name. */
  public static ActivationLayer activation(String name) {
    return new ActivationLayer(name);
  }

  /** {@linkplain ActivationLayer An activation function} of one's own, a formula of x. */
  public static ActivationLayer activation(String name, UnaryOperator<Expr> formula) {
    return new ActivationLayer(name, formula);
  }

  /** {@linkplain PRelu Parametric ReLU}, whose slope below 0 is trained. */
  public static PRelu prelu() {
    return new PRelu();
  }

  /** {@linkplain ActivationLayer Keras's general ReLU}; ∞ for no maximum. */
  public static ActivationLayer relu(double maxValue, double negativeSlope, double threshold) {
    return new ActivationLayer("relu").relu(maxValue, negativeSlope, threshold);
  }

  /** {@linkplain Flatten Flatten}: all numbers of a sample in one row. */
  public static Flatten flatten() {
    return new Flatten();
  }

  /** {@linkplain Softmax Softmax}, over the last axis or these. */
  public static Softmax softmax(int... axes) {
    return new Softmax(axes);
  }

  /** {@linkplain Embedding Embedding}: a vector for each word, a whole number from 0 on. */
  public static Embedding embedding(int words, int width) {
    return new Embedding(words, width);
  }

  /** {@linkplain Masking Masking}: steps whose numbers all have that value are padding. */
  public static Masking masking(double value) {
    return new Masking(value);
  }

  /** {@linkplain Identity Identity}: passes its input on. */
  public static Identity identity() {
    return new Identity();
  }

  /** {@linkplain Permute Permute}: another order of axes, {@code permute(2, 1)} transposes. */
  public static Permute permute(int... dims) {
    return new Permute(dims);
  }

  /** {@linkplain RepeatVector Repeat}: a row n times, as the steps of a sequence. */
  public static RepeatVector repeatVector(int n) {
    return new RepeatVector(n);
  }

  /** {@linkplain ZeroPadding Zero padding} of sequences: {@code zeroPadding1d(1, 2)}. */
  public static ZeroPadding zeroPadding1d(int... padding) {
    return ZeroPadding.of(1, padding);
  }

  /** {@linkplain ZeroPadding Zero padding} of images: {@code zeroPadding2d(1)}. */
  public static ZeroPadding zeroPadding2d(int... padding) {
    return ZeroPadding.of(2, padding);
  }

  /** {@linkplain ZeroPadding Zero padding} of volumes: {@code zeroPadding3d(1)}. */
  public static ZeroPadding zeroPadding3d(int... padding) {
    return ZeroPadding.of(3, padding);
  }

  /** {@linkplain Cropping Cropping} of sequences: {@code cropping1d(1, 2)}. */
  public static Cropping cropping1d(int... cropping) {
    return Cropping.of(1, cropping);
  }

  /** {@linkplain Cropping Cropping} of images: {@code cropping2d(1)}. */
  public static Cropping cropping2d(int... cropping) {
    return Cropping.of(2, cropping);
  }

  /** {@linkplain Cropping Cropping} of volumes: {@code cropping3d(1)}. */
  public static Cropping cropping3d(int... cropping) {
    return Cropping.of(3, cropping);
  }

  /** {@linkplain UpSampling Upsampling} of sequences: {@code upSampling1d(2)}. */
  public static UpSampling upSampling1d(int... size) {
    return UpSampling.of(1, size);
  }

  /** {@linkplain UpSampling Upsampling} of images: {@code upSampling2d(2)}. */
  public static UpSampling upSampling2d(int... size) {
    return UpSampling.of(2, size);
  }

  /** {@linkplain UpSampling Upsampling} of volumes: {@code upSampling3d(2)}. */
  public static UpSampling upSampling3d(int... size) {
    return UpSampling.of(3, size);
  }

  /** {@linkplain Reshape Reshape}: the same numbers in another shape. */
  public static Reshape reshape(int... shape) {
    return new Reshape(shape);
  }

  // Arrays

  /** A vector of these numbers. */
  public static double[] vector(double... numbers) {
    return numbers;
  }

  /** A row of a {@linkplain #matrix matrix}. */
  public static double[] row(double... numbers) {
    return numbers;
  }

  /** A matrix of these rows: {@code matrix(row(1, 2), row(3, 4))}. */
  public static double[][] matrix(double[]... rows) {
    return rows;
  }

  // Losses

  /** {@linkplain MeanSquaredError The mean squared error}: regression. */
  public static MeanSquaredError mse() {
    return MeanSquaredError.mse();
  }

  /** {@linkplain MeanAbsoluteError The mean absolute error}: regression with outliers. */
  public static MeanAbsoluteError mae() {
    return MeanAbsoluteError.mae();
  }

  /** {@linkplain MeanAbsolutePercentageError The mean absolute percentage error}. */
  public static MeanAbsolutePercentageError mape() {
    return MeanAbsolutePercentageError.mape();
  }

  /** {@linkplain MeanSquaredLogarithmicError The mean squared logarithmic error}: amounts. */
  public static MeanSquaredLogarithmicError msle() {
    return MeanSquaredLogarithmicError.msle();
  }

  /** {@linkplain RootMeanSquaredError The root mean squared error}: in y's unit. */
  public static RootMeanSquaredError rmse() {
    return RootMeanSquaredError.rmse();
  }

  /** {@linkplain MeanSquaredError Keras's name} of {@link #mse}. */
  public static MeanSquaredError meanSquaredError() {
    return mse();
  }

  /** {@linkplain MeanAbsoluteError Keras's name} of {@link #mae}. */
  public static MeanAbsoluteError meanAbsoluteError() {
    return mae();
  }

  /** {@linkplain MeanAbsolutePercentageError Keras's name} of {@link #mape}. */
  public static MeanAbsolutePercentageError meanAbsolutePercentageError() {
    return mape();
  }

  /** {@linkplain MeanSquaredLogarithmicError Keras's name} of {@link #msle}. */
  public static MeanSquaredLogarithmicError meanSquaredLogarithmicError() {
    return msle();
  }

  /** {@linkplain RootMeanSquaredError Keras's name} of {@link #rmse}. */
  public static RootMeanSquaredError rootMeanSquaredError() {
    return rmse();
  }

  /**
   * {@linkplain Huber The Huber loss}: quadratic for small errors, linear for large ones; δ = 1.
   */
  public static Huber huber() {
    return Huber.huber();
  }

  /** {@linkplain Huber The Huber loss} with this δ. */
  public static Huber huber(double delta) {
    return Huber.huber().delta(delta);
  }

  /** {@linkplain LogCosh The log-cosh loss}: like the Huber loss, but smooth. */
  public static LogCosh logCosh() {
    return LogCosh.logCosh();
  }

  /** {@linkplain Barron Barron's general robust loss}: a setting says how much outliers count. */
  public static Barron barron() {
    return Barron.barron();
  }

  /** {@linkplain Quantile The quantile or pinball loss}: predicts the quantile {@code q}. */
  public static Quantile quantile(double q) {
    return Quantile.quantile(q);
  }

  /** {@linkplain Poisson The Poisson loss}: rates of counts. */
  public static Poisson poisson() {
    return Poisson.poisson();
  }

  /** {@linkplain GaussianNll The Gaussian negative log-likelihood}: a mean and its variance. */
  public static GaussianNll gaussianNll() {
    return GaussianNll.gaussianNll();
  }

  /** {@linkplain CosineSimilarity Cosine similarity}, negated: −1 is best. */
  public static CosineSimilarity cosineSimilarity() {
    return CosineSimilarity.cosineSimilarity();
  }

  /** {@linkplain BinaryCrossentropy Binary cross-entropy}: yes or no, one sigmoid per output. */
  public static BinaryCrossentropy binaryCrossentropy() {
    return BinaryCrossentropy.binaryCrossentropy();
  }

  /** {@linkplain CategoricalCrossentropy Categorical cross-entropy}: one of m, one-hot rows. */
  public static CategoricalCrossentropy categoricalCrossentropy() {
    return CategoricalCrossentropy.categoricalCrossentropy();
  }

  /** {@linkplain SparseCategoricalCrossentropy The same for integer labels}. */
  public static SparseCategoricalCrossentropy sparseCategoricalCrossentropy() {
    return SparseCategoricalCrossentropy.sparseCategoricalCrossentropy();
  }

  /** {@linkplain SampledSoftmax Sampled softmax}: the same for large vocabularies. */
  public static SampledSoftmax sampledSoftmax() {
    return SampledSoftmax.sampledSoftmax();
  }

  /** {@linkplain KlDivergence The Kullback–Leibler divergence}: between distributions. */
  public static KlDivergence klDivergence() {
    return KlDivergence.klDivergence();
  }

  /** {@linkplain JensenShannon The Jensen–Shannon divergence}: symmetric and bounded. */
  public static JensenShannon jensenShannon() {
    return JensenShannon.jensenShannon();
  }

  /** {@linkplain Hinge The hinge loss}: yes or no with a margin. */
  public static Hinge hinge() {
    return Hinge.hinge();
  }

  /** {@linkplain SquaredHinge The squared hinge loss}. */
  public static SquaredHinge squaredHinge() {
    return SquaredHinge.squaredHinge();
  }

  /** {@linkplain CategoricalHinge The categorical hinge loss}: one of m with a margin. */
  public static CategoricalHinge categoricalHinge() {
    return CategoricalHinge.categoricalHinge();
  }

  /** {@linkplain Logistic The logistic loss}: yes or no from a score. */
  public static Logistic logistic() {
    return Logistic.logistic();
  }

  /**
   * {@linkplain BinaryFocalCrossentropy Binary focal cross-entropy}: rare hard samples among easy
   * ones.
   */
  public static BinaryFocalCrossentropy binaryFocalCrossentropy() {
    return BinaryFocalCrossentropy.binaryFocalCrossentropy();
  }

  /** {@linkplain CategoricalFocalCrossentropy The same for classes}, one-hot rows. */
  public static CategoricalFocalCrossentropy categoricalFocalCrossentropy() {
    return CategoricalFocalCrossentropy.categoricalFocalCrossentropy();
  }

  /**
   * {@linkplain CategoricalGeneralizedCrossEntropy Generalized cross-entropy}, for noisy labels.
   */
  public static CategoricalGeneralizedCrossEntropy categoricalGeneralizedCrossEntropy() {
    return CategoricalGeneralizedCrossEntropy.categoricalGeneralizedCrossEntropy();
  }

  /** {@linkplain CategoricalGeneralizedCrossEntropy The same} with this q. */
  public static CategoricalGeneralizedCrossEntropy categoricalGeneralizedCrossEntropy(double q) {
    return CategoricalGeneralizedCrossEntropy.categoricalGeneralizedCrossEntropy().q(q);
  }

  /** {@linkplain IntersectionOverUnion The IoU loss} of bounding boxes. */
  public static IntersectionOverUnion iou() {
    return IntersectionOverUnion.iou();
  }

  /**
   * {@linkplain GeneralizedIntersectionOverUnion The GIoU loss}, which also trains disjoint boxes.
   */
  public static GeneralizedIntersectionOverUnion giou() {
    return GeneralizedIntersectionOverUnion.giou();
  }

  /** {@linkplain Dice The Dice loss} of segmentation masks. */
  public static Dice dice() {
    return Dice.dice();
  }

  /** {@linkplain Tversky The Tversky loss}: Dice with weighted false positives and negatives. */
  public static Tversky tversky() {
    return Tversky.tversky();
  }

  /** {@linkplain Tversky The Tversky loss}: α weighs false positives, β false negatives. */
  public static Tversky tversky(double alpha, double beta) {
    return Tversky.tversky().alpha(alpha).beta(beta);
  }

  /** {@linkplain Triplet The triplet loss}: same class nearer than others, by a margin. */
  public static Triplet triplet() {
    return Triplet.triplet();
  }

  /** {@linkplain Triplet The triplet loss} with this margin. */
  public static Triplet triplet(double margin) {
    return Triplet.triplet().margin(margin);
  }

  /** {@linkplain Ctc Connectionist temporal classification}: labels in order, at unknown steps. */
  public static Ctc ctc() {
    return Ctc.ctc();
  }

  /**
   * {@linkplain Generation A continuation} of a text: {@code generate(model, "Once").with(words)}.
   */
  public static Generation generate(Model model, String prompt) {
    return Generation.generate(model, prompt);
  }

  /** {@linkplain Generation A continuation} of ids: {@code generate(model, 3, 1, 4).length(20)}. */
  public static Generation generate(Model model, int... prompt) {
    return Generation.generate(model, prompt);
  }

  /** {@linkplain CtcDecode The labels} that a model trained with {@link #ctc()} says. */
  public static CtcDecode ctcDecode() {
    return CtcDecode.ctcDecode();
  }

  /** {@linkplain Circle The circle loss} of embeddings, each pair weighted. */
  public static Circle circle() {
    return Circle.circle();
  }

  /** {@linkplain Contrastive The contrastive loss} of distances: same near, different apart. */
  public static Contrastive contrastive() {
    return Contrastive.contrastive();
  }

  /** {@linkplain HingeEmbedding Hinge embedding}: as contrastive, by distances as they are. */
  public static HingeEmbedding hingeEmbedding() {
    return HingeEmbedding.hingeEmbedding();
  }

  /** {@linkplain CosineEmbedding Cosine embedding}: the directions of two vectors, alike or not. */
  public static CosineEmbedding cosineEmbedding() {
    return CosineEmbedding.cosineEmbedding();
  }

  /**
   * {@linkplain TripletMargin Triplet margin}: an anchor, a positive and a negative that are given.
   */
  public static TripletMargin tripletMargin() {
    return TripletMargin.tripletMargin();
  }

  /** {@linkplain MarginRanking Margin ranking}: which of two scores is to be the greater. */
  public static MarginRanking marginRanking() {
    return MarginRanking.marginRanking();
  }

  /** {@linkplain MultiMargin Multi-class margin}: the true class's lead over each other one. */
  public static MultiMargin multiMargin() {
    return MultiMargin.multiMargin();
  }

  /** {@linkplain Contrastive The contrastive loss} with this margin. */
  public static Contrastive contrastive(double margin) {
    return Contrastive.contrastive().margin(margin);
  }

  /** {@linkplain Minimax The minimax GAN loss}, the original one. */
  public static AdversarialPair minimax() {
    return Minimax.minimax();
  }

  /** {@linkplain NonSaturating The non-saturating GAN loss}, the usual one. */
  public static AdversarialPair nonSaturating() {
    return NonSaturating.nonSaturating();
  }

  /** {@linkplain Wasserstein The Wasserstein GAN loss}, of scores. */
  public static AdversarialPair wasserstein() {
    return Wasserstein.wasserstein();
  }

  /** {@linkplain LeastSquares The least squares GAN loss}. */
  public static AdversarialPair leastSquares() {
    return LeastSquares.leastSquares();
  }

  /** {@linkplain CustomMetric A metric of your own}: {@code metric("close", (y, p) -> …)}. */
  public static CustomMetric metric(String name, BinaryOperator<Expr> declaration) {
    return CustomMetric.metric(name, declaration);
  }

  /** {@linkplain CustomLoss A loss of your own}: {@code loss("cube", (y, p) -> …)}. */
  public static CustomLoss loss(String name, BinaryOperator<Expr> declaration) {
    return CustomLoss.loss(name, declaration);
  }

  /** {@linkplain Expr#where A case distinction} in a loss of your own. */
  public static Expr where(Expr condition, Expr then, Expr otherwise) {
    return Expr.where(condition, then, otherwise);
  }

  /** {@linkplain UncertaintyWeighted A multi-task loss}, weighted by learned uncertainties. */
  public static UncertaintyWeighted uncertaintyWeighted(Loss first, Loss... others) {
    return UncertaintyWeighted.uncertaintyWeighted(first, others);
  }

  /** {@linkplain Regularizer L1 regularization}: λ times the sum of absolute weights. */
  public static Regularizer l1(double lambda) {
    return Regularizer.l1(lambda);
  }

  /** {@linkplain Regularizer L2 regularization}: λ times the sum of squared weights. */
  public static Regularizer l2(double lambda) {
    return Regularizer.l2(lambda);
  }

  /** {@linkplain Regularizer Orthogonal regularization}: λ times the mean |cos| of two rows. */
  public static Regularizer orthogonalRegularizer(double lambda) {
    return Regularizer.orthogonalRegularizer(lambda);
  }

  /** {@linkplain Regularizer L1 and L2 regularization} together. */
  public static Regularizer l1l2(double l1, double l2) {
    return Regularizer.l1l2(l1, l2);
  }

  /** {@linkplain ScheduledOrLearned A learned setting} of a loss, trained with the weights. */
  public static ScheduledOrLearned learned(double first) {
    return ScheduledOrLearned.learned(first);
  }

  /** {@linkplain ScheduledOrLearned A scheduled setting} of a loss, by epoch, counted from 0. */
  public static ScheduledOrLearned scheduled(IntToDoubleFunction byEpoch) {
    return ScheduledOrLearned.scheduled(byEpoch);
  }

  /** {@linkplain Chart A figure of your own numbers}: lines, points, bars, gaps. */
  public static Chart chart(String title) {
    return Chart.of(title);
  }

  /** {@linkplain ContourChart A contour plot} of a function of two variables, with trajectories. */
  public static ContourChart contour(String title, DoubleBinaryOperator f) {
    return ContourChart.of(title, f);
  }

  /** {@linkplain BarChart A bar chart}: a distribution, or several side by side. */
  public static BarChart bars(String title, String... categories) {
    return BarChart.of(title, categories);
  }

  /** {@linkplain Tree A tree diagram}: {@code tree("a loss").branch("a number", "mse")}. */
  public static Tree tree(String name) {
    return Tree.of(name);
  }

  /** Several {@linkplain Loss losses} to play with: {@code explore(huber(1), huber(5))}. */
  public static ComparedExplorer explore(Loss first, Loss... others) {
    return Require.given(first, "explore", "losses", "run the cell that makes it first")
        .explore(others);
  }

  /** Several {@linkplain Loss losses} in one figure: {@code plot(mse(), mae())}. */
  public static Figure plot(Loss first, Loss... others) {
    return Require.given(first, "plot", "losses", "run the cell that makes it first").plot(others);
  }

  // Lessons

  /** {@linkplain Quiz A multiple-choice question}: {@code quiz("…").right("…", "…")}. */
  public static Quiz quiz(String question) {
    return Quiz.of(question);
  }

  // Cards

  /** {@linkplain Card A card} of a loss or a metric: all about it on one page. */
  public static Card card(Metric metric) {
    return Card.card(metric);
  }

  /** {@linkplain Card A card} of an optimizer. */
  public static Card card(Optimizer optimizer) {
    return Card.card(optimizer);
  }

  /** {@linkplain Card A card} of a layer or an activation. */
  public static Card card(Layer layer) {
    return Card.card(layer);
  }

  /** {@linkplain Card A card} of an adversarial game. */
  public static Card card(AdversarialPair pair) {
    return Card.card(pair);
  }

  // Metrics

  /**
   * {@linkplain Accuracy Accuracy}: the share of correct predictions; the shapes select the kind.
   */
  public static Accuracy accuracy() {
    return Accuracy.accuracy();
  }

  /** {@linkplain ExactAccuracy Exact accuracy}: predictions that equal the truth. */
  public static ExactAccuracy exactAccuracy() {
    return ExactAccuracy.exactAccuracy();
  }

  /** {@linkplain BinaryAccuracy Binary accuracy}: yes or no, with threshold 0.5. */
  public static BinaryAccuracy binaryAccuracy() {
    return BinaryAccuracy.binaryAccuracy();
  }

  /** {@linkplain CategoricalAccuracy Categorical accuracy}: one of m, one-hot rows. */
  public static CategoricalAccuracy categoricalAccuracy() {
    return CategoricalAccuracy.categoricalAccuracy();
  }

  /** {@linkplain SparseCategoricalAccuracy The same for integer labels}. */
  public static SparseCategoricalAccuracy sparseCategoricalAccuracy() {
    return SparseCategoricalAccuracy.sparseCategoricalAccuracy();
  }

  /** {@linkplain TopKCategoricalAccuracy Top-5 accuracy} for one-hot rows. */
  public static TopKCategoricalAccuracy topKCategoricalAccuracy() {
    return TopKCategoricalAccuracy.topKCategoricalAccuracy();
  }

  /** {@linkplain TopKCategoricalAccuracy Top-k accuracy} for one-hot rows. */
  public static TopKCategoricalAccuracy topKCategoricalAccuracy(int k) {
    return TopKCategoricalAccuracy.topKCategoricalAccuracy().k(k);
  }

  /** {@linkplain SparseTopKCategoricalAccuracy The same for integer labels}, k = 5. */
  public static SparseTopKCategoricalAccuracy sparseTopKCategoricalAccuracy() {
    return SparseTopKCategoricalAccuracy.sparseTopKCategoricalAccuracy();
  }

  /** {@linkplain SparseTopKCategoricalAccuracy The same for integer labels} with this k. */
  public static SparseTopKCategoricalAccuracy sparseTopKCategoricalAccuracy(int k) {
    return SparseTopKCategoricalAccuracy.sparseTopKCategoricalAccuracy().k(k);
  }

  /** {@linkplain Perplexity Perplexity}: among how many words the model is in doubt. */
  public static Perplexity perplexity() {
    return Perplexity.perplexity();
  }

  /**
   * {@linkplain SequenceAccuracy Sequence accuracy}: the share of samples right at every position.
   */
  public static SequenceAccuracy sequenceAccuracy() {
    return SequenceAccuracy.sequenceAccuracy();
  }

  /** {@linkplain EditDistance Edit distance} of Levenshtein, a label of the truth: error rates. */
  public static EditDistance editDistance() {
    return EditDistance.editDistance();
  }

  /** {@linkplain Precision Precision}: the share of predicted positives that are right. */
  public static Precision precision() {
    return Precision.precision();
  }

  /** {@linkplain Recall Recall}: the share of positives that are found. */
  public static Recall recall() {
    return Recall.recall();
  }

  /** {@linkplain Specificity Specificity}: the share of negatives that are found. */
  public static Specificity specificity() {
    return Specificity.specificity();
  }

  /** {@linkplain FBeta F1 score}: the harmonic mean of precision and recall. */
  public static FBeta f1() {
    return FBeta.f1();
  }

  /** {@linkplain FBeta F-beta score}: recall counts {@code beta} times as much as precision. */
  public static FBeta fBeta(double beta) {
    return FBeta.fBeta(beta);
  }

  /** {@linkplain ConfusionCount The number of true positives}. */
  public static ConfusionCount truePositives() {
    return ConfusionCount.truePositives();
  }

  /** {@linkplain ConfusionCount The number of true negatives}. */
  public static ConfusionCount trueNegatives() {
    return ConfusionCount.trueNegatives();
  }

  /** {@linkplain ConfusionCount The number of false positives}. */
  public static ConfusionCount falsePositives() {
    return ConfusionCount.falsePositives();
  }

  /** {@linkplain ConfusionCount The number of false negatives}. */
  public static ConfusionCount falseNegatives() {
    return ConfusionCount.falseNegatives();
  }

  /** {@linkplain Auc The area under the ROC curve}. */
  public static Auc auc() {
    return Auc.auc();
  }

  /**
   * {@linkplain AveragePrecision Average precision}: the precision at each positive of a ranking.
   */
  public static AveragePrecision averagePrecision() {
    return AveragePrecision.averagePrecision();
  }

  /** {@linkplain BoxIoU Mean intersection over union} of bounding boxes, as a metric. */
  public static BoxIoU boxIoU() {
    return BoxIoU.boxIoU();
  }

  /** {@linkplain HitRate The hit rate}: a relevant item among the first 10 of a ranking. */
  public static HitRate hitRate() {
    return HitRate.hitRate();
  }

  /** {@linkplain HitRate The hit rate} among the first k. */
  public static HitRate hitRate(int k) {
    return HitRate.hitRate().k(k);
  }

  /** {@linkplain Ndcg NDCG}: how near a ranking's first 10 items are to the best order. */
  public static Ndcg ndcg() {
    return Ndcg.ndcg();
  }

  /** {@linkplain Ndcg NDCG} of the first k. */
  public static Ndcg ndcg(int k) {
    return Ndcg.ndcg().k(k);
  }

  /** {@linkplain MeanReciprocalRank The mean reciprocal rank} of the first relevant item. */
  public static MeanReciprocalRank meanReciprocalRank() {
    return MeanReciprocalRank.meanReciprocalRank();
  }

  /** {@linkplain OperatingPoint The highest precision} where recall is at least this. */
  public static OperatingPoint precisionAtRecall(double recall) {
    return OperatingPoint.precisionAtRecall(recall);
  }

  /** {@linkplain OperatingPoint The highest recall} where precision is at least this. */
  public static OperatingPoint recallAtPrecision(double precision) {
    return OperatingPoint.recallAtPrecision(precision);
  }

  /** {@linkplain OperatingPoint The highest sensitivity} where specificity is at least this. */
  public static OperatingPoint sensitivityAtSpecificity(double specificity) {
    return OperatingPoint.sensitivityAtSpecificity(specificity);
  }

  /** {@linkplain OperatingPoint The highest specificity} where sensitivity is at least this. */
  public static OperatingPoint specificityAtSensitivity(double sensitivity) {
    return OperatingPoint.specificityAtSensitivity(sensitivity);
  }

  /** {@linkplain Agreement Matthews's correlation coefficient} of true and predicted classes. */
  public static Agreement matthewsCorrelation() {
    return Agreement.matthewsCorrelation();
  }

  /** {@linkplain Agreement Cohen's κ}: agreement beyond chance. */
  public static Agreement cohenKappa() {
    return Agreement.cohenKappa();
  }

  /** {@linkplain Agreement Balanced accuracy}: the mean recall of the classes. */
  public static Agreement balancedAccuracy() {
    return Agreement.balancedAccuracy();
  }

  /** {@linkplain IoU Intersection over union} of these of so many classes, as a metric. */
  public static IoU iou(int numClasses, int... targetClassIds) {
    return IoU.iou(numClasses, targetClassIds);
  }

  /** {@linkplain IoU Mean intersection over union} of all classes, by class numbers. */
  public static IoU meanIoU(int numClasses) {
    return IoU.meanIoU(numClasses);
  }

  /** {@linkplain IoU Mean intersection over union} of yes and no, by probabilities. */
  public static IoU binaryIoU() {
    return IoU.binaryIoU();
  }

  /** {@linkplain IoU Intersection over union} of these of so many classes, by one-hot rows. */
  public static IoU oneHotIoU(int numClasses, int... targetClassIds) {
    return IoU.oneHotIoU(numClasses, targetClassIds);
  }

  /** {@linkplain IoU Mean intersection over union} of all classes, by one-hot rows. */
  public static IoU oneHotMeanIoU(int numClasses) {
    return IoU.oneHotMeanIoU(numClasses);
  }

  /** {@linkplain Correlation Pearson's correlation} of prediction and truth. */
  public static Correlation pearsonCorrelation() {
    return Correlation.pearsonCorrelation();
  }

  /** {@linkplain Total The mean} of values, as Keras's {@code Mean}: {@code mean().of(values)}. */
  public static Total mean() {
    return Total.mean();
  }

  /** {@linkplain Total The sum} of values, as Keras's {@code Sum}. */
  public static Total sum() {
    return Total.sum();
  }

  /** {@linkplain Correlation Concordance}: correlation that also asks for the same scale. */
  public static Correlation concordanceCorrelation() {
    return Correlation.concordanceCorrelation();
  }

  /** {@linkplain R2 R²}, the coefficient of determination. */
  public static R2 r2() {
    return R2.r2();
  }

  // Optimizers

  /** {@linkplain Sgd Stochastic gradient descent}, learning rate 0.01, optionally with momentum. */
  public static Sgd sgd() {
    return Sgd.sgd();
  }

  /** {@linkplain Adam Adam}: steps of about the learning rate for every weight, 0.001. */
  public static Adam adam() {
    return Adam.adam();
  }

  /** {@linkplain AdamW AdamW}: Adam with decoupled weight decay, 0.004. */
  public static AdamW adamw() {
    return AdamW.adamw();
  }

  /** {@linkplain Nadam Nadam}: Adam with Nesterov momentum. */
  public static Nadam nadam() {
    return Nadam.nadam();
  }

  /** {@linkplain Adamax Adamax}: Adam with the infinity norm in place of the mean square. */
  public static Adamax adamax() {
    return Adamax.adamax();
  }

  /** {@linkplain Adagrad Adagrad}: steps shrink as a weight's gradients accumulate. */
  public static Adagrad adagrad() {
    return Adagrad.adagrad();
  }

  /** {@linkplain Adadelta Adadelta}: step sizes from recent gradients and updates. */
  public static Adadelta adadelta() {
    return Adadelta.adadelta();
  }

  /** {@linkplain RmsProp RMSprop}: the gradient divided by the root of its mean square. */
  public static RmsProp rmsprop() {
    return RmsProp.rmsprop();
  }

  /** {@linkplain Lion Lion}: steps of exactly the learning rate, by the sign. */
  public static Lion lion() {
    return Lion.lion();
  }

  /**
   * {@linkplain Ftrl FTRL}: weights anew from the sum of their gradients, zero under an L1 penalty.
   */
  public static Ftrl ftrl() {
    return Ftrl.ftrl();
  }

  /**
   * {@linkplain Lamb LAMB}: Adam's steps, as long as each layer's weights are, for large batches.
   */
  public static Lamb lamb() {
    return Lamb.lamb();
  }

  /**
   * {@linkplain Adafactor Adafactor}: the sizes of a matrix's gradients from its rows and columns.
   */
  public static Adafactor adafactor() {
    return Adafactor.adafactor();
  }

  /** {@linkplain Muon Muon}: orthogonal steps of matrices, AdamW's of all else. */
  public static Muon muon() {
    return Muon.muon();
  }

  /** {@linkplain Descent The trajectories} of optimizers on a formula of one variable. */
  public static Descent descend(UnaryOperator<Expr> f, double start, Optimizer... optimizers) {
    return Descent.descend(f, start, optimizers);
  }

  /** {@linkplain Descent The trajectories} of optimizers on a formula of two variables. */
  public static Descent descend(BinaryOperator<Expr> f, double[] start, Optimizer... optimizers) {
    return Descent.descend(f, start, optimizers);
  }

  // Learning rate schedules

  /** {@linkplain CosineDecay Cosine decay} of the learning rate. */
  public static CosineDecay cosineDecay(double initialLearningRate, int decaySteps) {
    return new CosineDecay(initialLearningRate, decaySteps, 0);
  }

  /** {@linkplain CosineDecayRestarts Cosine decay with warm restarts}, in ever longer rounds. */
  public static CosineDecayRestarts cosineDecayRestarts(
      double initialLearningRate, int firstDecaySteps) {
    return CosineDecayRestarts.of(initialLearningRate, firstDecaySteps);
  }

  /** {@linkplain ExponentialDecay Exponential decay} of the learning rate. */
  public static ExponentialDecay exponentialDecay(
      double initialLearningRate, int decaySteps, double decayRate) {
    return new ExponentialDecay(initialLearningRate, decaySteps, decayRate, false);
  }

  /** {@linkplain StepDecay Step decay}: multiplies the rate by a factor every so many steps. */
  public static StepDecay stepDecay(double initialLearningRate, int steps, double factor) {
    return new StepDecay(initialLearningRate, steps, factor);
  }

  /** {@linkplain PolynomialDecay Polynomial decay} of the learning rate, to 0.0001. */
  public static PolynomialDecay polynomialDecay(double initialLearningRate, int decaySteps) {
    return PolynomialDecay.of(initialLearningRate, decaySteps);
  }

  /** {@linkplain InverseTimeDecay Inverse time decay} of the learning rate. */
  public static InverseTimeDecay inverseTimeDecay(
      double initialLearningRate, int decaySteps, double decayRate) {
    return new InverseTimeDecay(initialLearningRate, decaySteps, decayRate, false);
  }

  /**
   * {@linkplain PiecewiseConstantDecay Piecewise constant decay}: each rate up to its last step.
   */
  public static PiecewiseConstantDecay piecewiseConstantDecay(int[] lastSteps, double... rates) {
    return PiecewiseConstantDecay.of(lastSteps, rates);
  }

  // Models

  /** {@linkplain Sequential A sequential model}: layers one after the other. */
  public static Sequential sequential(Layer... layers) {
    return Sequential.sequential(layers);
  }

  /** {@linkplain Sequential The same} from a list. */
  public static Sequential sequential(List<? extends Layer> layers) {
    return Sequential.sequential(layers);
  }

  /** A {@linkplain Pretrained network with published weights}, {@code "mobilenet_v2"}. */
  public static Pretrained pretrained(String name) {
    return Pretrained.pretrained(name);
  }

  /**
   * {@linkplain Model#loadModel A model} from a {@code .keras} or {@code .h5} file, of Keras too.
   */
  public static Model loadModel(String file) {
    return Model.loadModel(file);
  }

  /** {@linkplain Model#loadModel The same} with a {@code Path}. */
  public static Model loadModel(Path file) {
    return Model.loadModel(file);
  }

  /** {@linkplain Functional A functional model}, with branches. */
  public static Functional model(Node input, Node output) {
    return Functional.model(input, output);
  }

  /** {@linkplain Functional A functional model with several inputs}. */
  public static Functional model(List<? extends Node> inputs, Node output) {
    return Functional.model(inputs, output);
  }

  /** {@linkplain Functional A functional model with several outputs}. */
  public static Functional model(Node input, List<? extends Node> outputs) {
    return Functional.model(input, outputs);
  }

  /** {@linkplain Functional A functional model with several inputs and outputs}. */
  public static Functional model(List<? extends Node> inputs, List<? extends Node> outputs) {
    return Functional.model(inputs, outputs);
  }

  /** {@linkplain OwnLayer A layer of your own}: {@code layer("residual", x -> …)}. */
  public static OwnLayer layer(String name, UnaryOperator<Node> declaration) {
    return OwnLayer.layer(name, declaration);
  }

  /**
   * {@linkplain OwnLayer A layer of your own} of two values: {@code layer("gate", (a, b) -> …)}.
   */
  public static OwnLayer layer(String name, BinaryOperator<Node> declaration) {
    return OwnLayer.layer(name, declaration);
  }

  /** {@linkplain FitOptions Options of fit}: the number of epochs. */
  public static FitOptions epochs(int epochs) {
    return FitOptions.epochs(epochs);
  }

  /** {@linkplain EvaluateOptions Options of evaluate}: the batch size. */
  public static EvaluateOptions batchSize(int size) {
    return EvaluateOptions.ofBatchSize(size);
  }

  /** {@linkplain EvaluateOptions Options of evaluate}: sample weights. */
  public static EvaluateOptions sampleWeight(Object weights) {
    return EvaluateOptions.ofSampleWeight(weights);
  }

  /**
   * {@linkplain TrainingMode As in training}: predictions with dropout, {@code predict(x,
   * training())}.
   */
  public static TrainingMode training() {
    return TrainingMode.training();
  }

  // Callbacks

  /** {@linkplain EarlyStopping Early stopping}: ends the run when a figure stops improving. */
  public static EarlyStopping earlyStopping() {
    return EarlyStopping.earlyStopping();
  }

  /** {@linkplain ReduceLrOnPlateau Reduces the learning rate} when a figure stops improving. */
  public static ReduceLrOnPlateau reduceLrOnPlateau() {
    return ReduceLrOnPlateau.reduceLrOnPlateau();
  }

  /** {@linkplain LearningRateScheduler A learning rate schedule} by epoch, counted from 0. */
  public static LearningRateScheduler learningRateScheduler(IntToDoubleFunction schedule) {
    return LearningRateScheduler.learningRateScheduler(schedule);
  }

  /** {@linkplain LearningRateScheduler The same} by epoch and previous rate. */
  public static LearningRateScheduler learningRateScheduler(LearningRateScheduler.Rule schedule) {
    return LearningRateScheduler.learningRateScheduler(schedule);
  }

  /** {@linkplain Checkpoint A checkpoint}: saves the model after each epoch, or the best. */
  public static Checkpoint checkpoint(String path) {
    return Checkpoint.checkpoint(path);
  }

  /** {@linkplain Checkpoint The same} with a {@code Path}. */
  public static Checkpoint checkpoint(Path path) {
    return Checkpoint.checkpoint(path);
  }

  /** {@linkplain CsvLog A CSV log}: a file with one line per epoch. */
  public static CsvLog csvLog(String path) {
    return CsvLog.csvLog(path);
  }

  /** {@linkplain CsvLog The same} with a {@code Path}. */
  public static CsvLog csvLog(Path path) {
    return CsvLog.csvLog(path);
  }

  /** {@linkplain LambdaCallback A function of your own}, called before each epoch. */
  public static Callback onEpochBegin(Consumer<Run> listener) {
    return LambdaCallback.onEpochBegin(listener);
  }

  /** {@linkplain LambdaCallback A function of your own}, called after each epoch. */
  public static Callback onEpochEnd(Consumer<Run> listener) {
    return LambdaCallback.onEpochEnd(listener);
  }

  /** {@linkplain LambdaCallback A function of your own}, called after each batch. */
  public static Callback onBatchEnd(Consumer<Run> listener) {
    return LambdaCallback.onBatchEnd(listener);
  }

  // Search

  /** {@linkplain Space A search space}: one setting and its values. */
  public static Space space(String name, Object... values) {
    return Space.space(name, values);
  }

  /** {@linkplain Space The same} with a range of numbers. */
  public static Space space(String name, Interval interval) {
    return Space.space(name, interval);
  }

  /** {@linkplain Interval A uniform distribution} over an interval. */
  public static Interval uniform(double from, double to) {
    return Interval.uniform(from, to);
  }

  /** {@linkplain Interval A log-uniform distribution} over an interval. */
  public static Interval logUniform(double from, double to) {
    return Interval.logUniform(from, to);
  }

  /** {@linkplain Search A hyperparameter search}: one model per candidate, the best is kept. */
  public static Search search(Space space, Function<Candidate, Model> builder) {
    return Search.search(space, builder);
  }

  /** {@linkplain Backprop Backpropagation step by step}: the chain rule with its numbers. */
  public static Backprop backprop(Model model, Object x, Object y) {
    return Backprop.backprop(model, x, y);
  }

  /** {@linkplain GradientCheck A gradient check}: backpropagation against finite differences. */
  public static GradientCheck gradientCheck(Model model, Object x, Object y) {
    return GradientCheck.gradientCheck(model, x, y);
  }

  /**
   * {@linkplain Landscape The loss landscape} around a model's weights: {@code .plot()}, {@code
   * .surface()}.
   */
  public static Landscape landscape(Model model, Dataset data) {
    return Landscape.landscape(model, data);
  }

  /** {@linkplain Pictures#confusionMatrix(Model, Dataset) The confusion matrix} of a model. */
  public static Figure confusionMatrix(Model model, Dataset data) {
    return Pictures.confusionMatrix(model, data);
  }

  /** {@linkplain Pictures#confusionMatrix(Object, Object) The same} of given labels. */
  public static Figure confusionMatrix(Object y, Object yHat) {
    return Pictures.confusionMatrix(y, yHat);
  }

  /** {@linkplain AttentionMap Who looks at whom}: an attention layer's scores, a word a step. */
  public static AttentionMap attentionMap(Object scores, String words) {
    return AttentionMap.of(scores, words, words);
  }

  /** {@linkplain AttentionMap Who looks at whom} of two texts: the words that look come first. */
  public static AttentionMap attentionMap(Object scores, String queries, String keys) {
    return AttentionMap.of(scores, queries, keys);
  }

  /** {@linkplain Regions#of The decision regions} of a classifier of two numbers, with samples. */
  public static Figure regions(Model model, Dataset data) {
    return Regions.of(model, data);
  }

  /** {@linkplain RegionsFilm The same while it learns}: a callback, then a film to play. */
  public static RegionsFilm regionsFilm(Model model, Dataset data) {
    return RegionsFilm.of(model, data);
  }

  /** {@linkplain Pictures#normalizedConfusionMatrix The same} in percent of each true class. */
  public static Figure normalizedConfusionMatrix(Model model, Dataset data) {
    return Pictures.normalizedConfusionMatrix(model, data);
  }

  /** {@linkplain Report A report}: precision, recall and F1 per class, or regression errors. */
  public static Report report(Model model, Dataset data) {
    return Report.report(model, data);
  }

  /** {@linkplain Rankings#rocCurve(Model, Dataset) The ROC curve} of a model. */
  public static Figure rocCurve(Model model, Dataset data) {
    return Rankings.rocCurve(model, data);
  }

  /** {@linkplain Rankings#rocCurve(Object, Object) The same} of given scores. */
  public static Figure rocCurve(Object y, Object scores) {
    return Rankings.rocCurve(y, scores);
  }

  /** {@linkplain Rankings#precisionRecallCurve(Model, Dataset) The precision-recall curve}. */
  public static Figure precisionRecallCurve(Model model, Dataset data) {
    return Rankings.precisionRecallCurve(model, data);
  }

  /** {@linkplain Rankings#precisionRecallCurve(Object, Object) The same} of given scores. */
  public static Figure precisionRecallCurve(Object y, Object scores) {
    return Rankings.precisionRecallCurve(y, scores);
  }

  /** {@linkplain Pictures#images(Dataset, int) The first images} of a dataset. */
  public static Figure images(Dataset data, int count) {
    return Pictures.images(data, count);
  }

  /** {@linkplain Pictures#images(Dataset, int, Model) The same}, with a model's mistakes marked. */
  public static Figure images(Dataset data, int count, Model model) {
    return Pictures.images(data, count, model);
  }

  /** {@linkplain BoxPictures#boxes(Dataset, int) The first images}, with their boxes. */
  public static Figure boxes(Dataset data, int count) {
    return BoxPictures.boxes(data, count);
  }

  /** {@linkplain BoxPictures#boxes(Dataset, int, Model) The same} with a model's boxes. */
  public static Figure boxes(Dataset data, int count, Model model) {
    return BoxPictures.boxes(data, count, model);
  }

  /** {@linkplain Pictures#worst The images} that a model is most wrong about. */
  public static Figure worst(Dataset data, int count, Model model) {
    return Pictures.worst(data, count, model);
  }

  /** {@linkplain Pixels The pixels} of a matrix or an image, as grey cells with numbers. */
  public static Pixels pixels(String title, Object numbers) {
    return Pictures.pixels(title, numbers);
  }
}
