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
import org.lossbook.config.Require;
import org.lossbook.data.Batch;
import org.lossbook.data.DataStream;
import org.lossbook.data.Dataset;
import org.lossbook.data.Sample;
import org.lossbook.data.Split;
import org.lossbook.data.augment.Augmentation;
import org.lossbook.data.mnist.DrawnDigits;
import org.lossbook.data.mnist.Mnist;
import org.lossbook.data.picture.ImageFolder;
import org.lossbook.data.picture.Picture;
import org.lossbook.data.synthetic.MakeBlobs;
import org.lossbook.data.synthetic.MakeClassification;
import org.lossbook.data.synthetic.MakeMoons;
import org.lossbook.data.synthetic.MakeRegression;
import org.lossbook.data.table.CsvFile;
import org.lossbook.data.table.CsvFormat;
import org.lossbook.data.table.TableData;
import org.lossbook.formula.Expr;
import org.lossbook.layer.ActivationLayer;
import org.lossbook.layer.Add;
import org.lossbook.layer.Average;
import org.lossbook.layer.AveragePooling2d;
import org.lossbook.layer.BatchNormalization;
import org.lossbook.layer.Concatenate;
import org.lossbook.layer.Conv2d;
import org.lossbook.layer.Dense;
import org.lossbook.layer.Dot;
import org.lossbook.layer.Dropout;
import org.lossbook.layer.Flatten;
import org.lossbook.layer.GaussianDropout;
import org.lossbook.layer.GaussianNoise;
import org.lossbook.layer.GlobalAveragePooling2d;
import org.lossbook.layer.GlobalMaxPooling2d;
import org.lossbook.layer.Input;
import org.lossbook.layer.Layer;
import org.lossbook.layer.MaxPooling2d;
import org.lossbook.layer.Maximum;
import org.lossbook.layer.Minimum;
import org.lossbook.layer.Multiply;
import org.lossbook.layer.Node;
import org.lossbook.layer.Reshape;
import org.lossbook.layer.SpatialDropout2d;
import org.lossbook.layer.Subtract;
import org.lossbook.layer.weights.Constraint;
import org.lossbook.layer.weights.Regularizer;
import org.lossbook.loss.Barron;
import org.lossbook.loss.BinaryCrossentropy;
import org.lossbook.loss.BinaryFocalCrossentropy;
import org.lossbook.loss.CategoricalCrossentropy;
import org.lossbook.loss.CategoricalFocalCrossentropy;
import org.lossbook.loss.CategoricalGeneralizedCrossEntropy;
import org.lossbook.loss.CategoricalHinge;
import org.lossbook.loss.CosineSimilarity;
import org.lossbook.loss.CustomLoss;
import org.lossbook.loss.Dice;
import org.lossbook.loss.GaussianNll;
import org.lossbook.loss.Hinge;
import org.lossbook.loss.Huber;
import org.lossbook.loss.JensenShannon;
import org.lossbook.loss.KlDivergence;
import org.lossbook.loss.LogCosh;
import org.lossbook.loss.Logistic;
import org.lossbook.loss.Loss;
import org.lossbook.loss.MeanAbsoluteError;
import org.lossbook.loss.MeanAbsolutePercentageError;
import org.lossbook.loss.MeanSquaredError;
import org.lossbook.loss.MeanSquaredLogarithmicError;
import org.lossbook.loss.Poisson;
import org.lossbook.loss.Quantile;
import org.lossbook.loss.RootMeanSquaredError;
import org.lossbook.loss.SparseCategoricalCrossentropy;
import org.lossbook.loss.SquaredHinge;
import org.lossbook.loss.Tversky;
import org.lossbook.loss.UncertaintyWeighted;
import org.lossbook.loss.adversarial.AdversarialPair;
import org.lossbook.loss.adversarial.LeastSquares;
import org.lossbook.loss.adversarial.Minimax;
import org.lossbook.loss.adversarial.NonSaturating;
import org.lossbook.loss.adversarial.Wasserstein;
import org.lossbook.loss.box.GeneralizedIntersectionOverUnion;
import org.lossbook.loss.box.IntersectionOverUnion;
import org.lossbook.loss.pairwise.Circle;
import org.lossbook.loss.pairwise.Contrastive;
import org.lossbook.loss.pairwise.Triplet;
import org.lossbook.loss.spec.ScheduledOrLearned;
import org.lossbook.metric.Accuracy;
import org.lossbook.metric.Auc;
import org.lossbook.metric.BinaryAccuracy;
import org.lossbook.metric.CategoricalAccuracy;
import org.lossbook.metric.ConfusionCount;
import org.lossbook.metric.FBeta;
import org.lossbook.metric.Precision;
import org.lossbook.metric.R2;
import org.lossbook.metric.Recall;
import org.lossbook.metric.SparseCategoricalAccuracy;
import org.lossbook.metric.SparseTopKCategoricalAccuracy;
import org.lossbook.metric.Specificity;
import org.lossbook.metric.TopKCategoricalAccuracy;
import org.lossbook.model.Functional;
import org.lossbook.model.Model;
import org.lossbook.model.Sequential;
import org.lossbook.notebook.Screen;
import org.lossbook.optimizer.Adadelta;
import org.lossbook.optimizer.Adagrad;
import org.lossbook.optimizer.Adam;
import org.lossbook.optimizer.AdamW;
import org.lossbook.optimizer.Adamax;
import org.lossbook.optimizer.CosineDecay;
import org.lossbook.optimizer.CosineDecayRestarts;
import org.lossbook.optimizer.Descent;
import org.lossbook.optimizer.ExponentialDecay;
import org.lossbook.optimizer.InverseTimeDecay;
import org.lossbook.optimizer.Lion;
import org.lossbook.optimizer.Nadam;
import org.lossbook.optimizer.Optimizer;
import org.lossbook.optimizer.PiecewiseConstantDecay;
import org.lossbook.optimizer.PolynomialDecay;
import org.lossbook.optimizer.RmsProp;
import org.lossbook.optimizer.Sgd;
import org.lossbook.optimizer.StepDecay;
import org.lossbook.plot.BarChart;
import org.lossbook.plot.Chart;
import org.lossbook.plot.ContourChart;
import org.lossbook.plot.Figure;
import org.lossbook.plot.Pixels;
import org.lossbook.plot.Tree;
import org.lossbook.report.Pictures;
import org.lossbook.report.Rankings;
import org.lossbook.report.Report;
import org.lossbook.search.Candidate;
import org.lossbook.search.Interval;
import org.lossbook.search.Search;
import org.lossbook.search.Space;
import org.lossbook.training.fit.EvaluateOptions;
import org.lossbook.training.fit.FitOptions;
import tech.tablesaw.api.Table;

/**
 * The table of contents: everything a notebook starts from, after {@code import static
 * org.lossbook.Lossbook.*;}.
 */
public final class Lossbook {
  static {
    // In a kernel the first word from here on makes arrays, models and pictures show as such.
    Screen.current();
  }

  private Lossbook() {}

  // Data

  /** {@linkplain Mnist#digits() MNIST}; where it cannot be had, drawn digits and a notice. */
  public static Split digits() {
    return Mnist.digits();
  }

  /** {@linkplain Mnist#mnist() MNIST}: 60,000 handwritten digits to train on, 10,000 to test. */
  public static Split mnist() {
    return Mnist.mnist();
  }

  /** {@linkplain Mnist#fashionMnist() Fashion-MNIST}: the same in clothes, and harder. */
  public static Split fashionMnist() {
    return Mnist.fashionMnist();
  }

  /** {@linkplain Augmentation#augment() What varies} images while a model is trained on them. */
  public static Augmentation augment() {
    return Augmentation.augment();
  }

  /** {@linkplain DrawnDigits#syntheticDigits Digits} that the library draws itself. */
  public static Dataset syntheticDigits(int count, long seed) {
    return DrawnDigits.syntheticDigits(count, seed);
  }

  /** {@linkplain CsvFile#read A table} from a file of comma-separated values. */
  public static Table csv(String path) {
    return CsvFile.read(path);
  }

  /** {@linkplain CsvFile#read The same} with a {@code Path}. */
  public static Table csv(Path path) {
    return CsvFile.read(path);
  }

  /** {@linkplain CsvFormat A table} whose file is written otherwise: what follows says how. */
  public static Table csv(String path, CsvFormat format) {
    return CsvFile.read(path, format);
  }

  /** {@linkplain CsvFormat The same} with a {@code Path}. */
  public static Table csv(Path path, CsvFormat format) {
    return CsvFile.read(path, format);
  }

  /** {@linkplain CsvFormat#decimalComma A file} with decimal commas, 1,5, for {@code csv}. */
  public static CsvFormat decimalComma() {
    return CsvFormat.plain().decimalComma();
  }

  /** {@linkplain CsvFormat#missing A file} where these stand for a missing value. */
  public static CsvFormat missing(String... markers) {
    return CsvFormat.plain().missing(markers);
  }

  /** {@linkplain CsvFormat#charset A file} in another encoding than UTF-8. */
  public static CsvFormat charset(String name) {
    return CsvFormat.plain().charset(name);
  }

  /** {@linkplain CsvFormat#dates A file} with dates written in this way. */
  public static CsvFormat dates(String... patterns) {
    return CsvFormat.plain().dates(patterns);
  }

  /** {@linkplain CsvFormat#header A file} with a line of names, or without one. */
  public static CsvFormat header(boolean names) {
    return CsvFormat.plain().header(names);
  }

  /** {@linkplain CsvFormat#separator A file} with this character between its cells. */
  public static CsvFormat separator(char between) {
    return CsvFormat.plain().separator(between);
  }

  /** {@linkplain CsvFormat#text A file} some columns of which are text whatever they look like. */
  public static CsvFormat text(String... columns) {
    return CsvFormat.plain().text(columns);
  }

  /** {@linkplain TableData A table as features and a target}: a dataset, said in chained calls. */
  public static TableData table(Table table) {
    return TableData.of(table);
  }

  /** {@linkplain MakeRegression A linear target with noise}, drawn, its coefficients known. */
  public static MakeRegression makeRegression(int samples) {
    return MakeRegression.of(samples);
  }

  /**
   * {@linkplain MakeClassification Classes in clusters}, drawn, among features that say nothing.
   */
  public static MakeClassification makeClassification(int samples) {
    return MakeClassification.of(samples);
  }

  /** {@linkplain MakeMoons Two half circles} that no straight line parts, drawn. */
  public static MakeMoons makeMoons(int samples) {
    return MakeMoons.of(samples);
  }

  /** {@linkplain MakeBlobs Round clouds of points}, drawn, a class each. */
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

  /** {@linkplain Picture A picture} of Java's own kind. */
  public static Picture image(BufferedImage image) {
    return Picture.of(image);
  }

  /** {@linkplain ImageFolder Pictures in folders}, a folder a class, as a dataset. */
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

  /** {@linkplain DataStream#of(Iterable) Batches or samples} to go through in each epoch. */
  public static DataStream stream(Iterable<?> parts) {
    return DataStream.of(parts);
  }

  /** {@linkplain DataStream#of(Iterator) Batches or samples} to go through once. */
  public static DataStream stream(Iterator<?> parts) {
    return DataStream.of(parts);
  }

  /** {@linkplain DataStream#of(Stream) Batches or samples} of a stream of Java's. */
  public static DataStream stream(Stream<?> parts) {
    return DataStream.of(parts);
  }

  /** {@linkplain DataStream#generated Batches or samples} without an end, one a call. */
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

  /** {@linkplain Input Where a network begins}: the shape of one sample, channels last. */
  public static Input input(int... shape) {
    return new Input(shape);
  }

  /** {@linkplain Dense Dense}: every output sees every input. */
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

  /** {@linkplain MaxPooling2d The greatest number} under each square window. */
  public static MaxPooling2d maxPooling2d(int poolSize) {
    return new MaxPooling2d(poolSize, poolSize);
  }

  /** {@linkplain MaxPooling2d The greatest number} under each window. */
  public static MaxPooling2d maxPooling2d(int poolHeight, int poolWidth) {
    return new MaxPooling2d(poolHeight, poolWidth);
  }

  /** {@linkplain AveragePooling2d The mean} under each square window. */
  public static AveragePooling2d averagePooling2d(int poolSize) {
    return new AveragePooling2d(poolSize, poolSize);
  }

  /** {@linkplain AveragePooling2d The mean} under each window. */
  public static AveragePooling2d averagePooling2d(int poolHeight, int poolWidth) {
    return new AveragePooling2d(poolHeight, poolWidth);
  }

  /** {@linkplain GlobalAveragePooling2d The mean} of each channel over the whole image. */
  public static GlobalAveragePooling2d globalAveragePooling2d() {
    return new GlobalAveragePooling2d();
  }

  /** {@linkplain GlobalMaxPooling2d The greatest number} of each channel over the whole image. */
  public static GlobalMaxPooling2d globalMaxPooling2d() {
    return new GlobalMaxPooling2d();
  }

  /**
   * {@linkplain BatchNormalization Batch normalization}: mean 0 and variance 1 a channel, then
   * scaled.
   */
  public static BatchNormalization batchNormalization() {
    return new BatchNormalization();
  }

  /** {@linkplain Dropout Dropout}: in training, numbers set to zero at random. */
  public static Dropout dropout(double rate) {
    return new Dropout(rate);
  }

  /** {@linkplain SpatialDropout2d Dropout of whole channels}, for images. */
  public static SpatialDropout2d spatialDropout2d(double rate) {
    return new SpatialDropout2d(rate);
  }

  /** {@linkplain GaussianDropout Dropout by normal numbers} instead of zeros. */
  public static GaussianDropout gaussianDropout(double rate) {
    return new GaussianDropout(rate);
  }

  /** {@linkplain GaussianNoise Noise}: in training, normal numbers added. */
  public static GaussianNoise gaussianNoise(double stddev) {
    return new GaussianNoise(stddev);
  }

  /** {@linkplain Constraint#maxNorm A limit} to the length of what leads to each output. */
  public static Constraint maxNorm(double most) {
    return Constraint.maxNorm(most);
  }

  /** {@linkplain Constraint#nonNegative No number below 0}: for weights that only add. */
  public static Constraint nonNegative() {
    return Constraint.nonNegative();
  }

  /** {@linkplain Constraint#unitNorm Length 1} for what leads to each output. */
  public static Constraint unitNorm() {
    return Constraint.unitNorm();
  }

  /** {@linkplain Add The sum of several values}: {@code add().of(a, b)}. */
  public static Add add() {
    return new Add();
  }

  /** {@linkplain Subtract One value less another}: {@code subtract().of(a, b)}. */
  public static Subtract subtract() {
    return new Subtract();
  }

  /** {@linkplain Multiply The product of several values}: {@code multiply().of(a, b)}. */
  public static Multiply multiply() {
    return new Multiply();
  }

  /** {@linkplain Average The mean of several values}: {@code average().of(a, b)}. */
  public static Average average() {
    return new Average();
  }

  /** {@linkplain Maximum The greatest of several values}: {@code maximum().of(a, b)}. */
  public static Maximum maximum() {
    return new Maximum();
  }

  /** {@linkplain Minimum The smallest of several values}: {@code minimum().of(a, b)}. */
  public static Minimum minimum() {
    return new Minimum();
  }

  /** {@linkplain Concatenate One value behind the other}: {@code concatenate().of(a, b)}. */
  public static Concatenate concatenate() {
    return new Concatenate();
  }

  /** {@linkplain Dot How much one vector lies along another}: {@code dot().of(a, b)}. */
  public static Dot dot() {
    return new Dot();
  }

  /** {@linkplain ActivationLayer A function on each number}, by Keras's name. */
  public static ActivationLayer activation(String name) {
    return new ActivationLayer(name);
  }

  /** {@linkplain Flatten All numbers} of a sample in one row. */
  public static Flatten flatten() {
    return new Flatten();
  }

  /** {@linkplain Reshape The same numbers} in another shape. */
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

  /** {@linkplain MeanAbsoluteError The mean absolute error}: regression with wild measurements. */
  public static MeanAbsoluteError mae() {
    return MeanAbsoluteError.mae();
  }

  /** {@linkplain MeanAbsolutePercentageError The mean error in percent} of the truth. */
  public static MeanAbsolutePercentageError mape() {
    return MeanAbsolutePercentageError.mape();
  }

  /** {@linkplain MeanSquaredLogarithmicError The mean squared error of logarithms}: amounts. */
  public static MeanSquaredLogarithmicError msle() {
    return MeanSquaredLogarithmicError.msle();
  }

  /** {@linkplain RootMeanSquaredError The root of the mean squared error}: in y's unit. */
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

  /** {@linkplain Huber Huber's loss}: squares of small errors, the size of large ones; δ = 1. */
  public static Huber huber() {
    return Huber.huber();
  }

  /** {@linkplain Huber Huber's loss} with this δ. */
  public static Huber huber(double delta) {
    return Huber.huber().delta(delta);
  }

  /** {@linkplain LogCosh The logarithm of cosh}: like Huber's loss, without a corner. */
  public static LogCosh logCosh() {
    return LogCosh.logCosh();
  }

  /** {@linkplain Barron Barron's general loss}: how much wild measurements count is a number. */
  public static Barron barron() {
    return Barron.barron();
  }

  /** {@linkplain Quantile The pinball loss}: the truth lies below in a share {@code q} of cases. */
  public static Quantile quantile(double q) {
    return Quantile.quantile(q);
  }

  /** {@linkplain Poisson Poisson's loss}: rates of what is counted. */
  public static Poisson poisson() {
    return Poisson.poisson();
  }

  /** {@linkplain GaussianNll The surprise of a normal distribution}: a mean and how sure it is. */
  public static GaussianNll gaussianNll() {
    return GaussianNll.gaussianNll();
  }

  /** {@linkplain CosineSimilarity The cosine between directions}, negated: −1 is best. */
  public static CosineSimilarity cosineSimilarity() {
    return CosineSimilarity.cosineSimilarity();
  }

  /** {@linkplain BinaryCrossentropy Binary cross-entropy}: yes or no, one sigmoid an output. */
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

  /** {@linkplain KlDivergence Kullback and Leibler's divergence}: truths that are distributions. */
  public static KlDivergence klDivergence() {
    return KlDivergence.klDivergence();
  }

  /** {@linkplain JensenShannon Jensen and Shannon's divergence}: symmetric, one bit at most. */
  public static JensenShannon jensenShannon() {
    return JensenShannon.jensenShannon();
  }

  /** {@linkplain Hinge The hinge loss}: yes or no by a margin. */
  public static Hinge hinge() {
    return Hinge.hinge();
  }

  /** {@linkplain SquaredHinge Its square}. */
  public static SquaredHinge squaredHinge() {
    return SquaredHinge.squaredHinge();
  }

  /** {@linkplain CategoricalHinge The hinge loss of classes}: one of m by a margin. */
  public static CategoricalHinge categoricalHinge() {
    return CategoricalHinge.categoricalHinge();
  }

  /** {@linkplain Logistic The logistic loss}: yes or no by a score. */
  public static Logistic logistic() {
    return Logistic.logistic();
  }

  /** {@linkplain BinaryFocalCrossentropy Binary focal cross-entropy}: few hard among many easy. */
  public static BinaryFocalCrossentropy binaryFocalCrossentropy() {
    return BinaryFocalCrossentropy.binaryFocalCrossentropy();
  }

  /** {@linkplain CategoricalFocalCrossentropy The same for classes}, one-hot rows. */
  public static CategoricalFocalCrossentropy categoricalFocalCrossentropy() {
    return CategoricalFocalCrossentropy.categoricalFocalCrossentropy();
  }

  /** {@linkplain CategoricalGeneralizedCrossEntropy For labels that are often wrong}; q = 0.5. */
  public static CategoricalGeneralizedCrossEntropy categoricalGeneralizedCrossEntropy() {
    return CategoricalGeneralizedCrossEntropy.categoricalGeneralizedCrossEntropy();
  }

  /** {@linkplain CategoricalGeneralizedCrossEntropy The same} with this q. */
  public static CategoricalGeneralizedCrossEntropy categoricalGeneralizedCrossEntropy(double q) {
    return CategoricalGeneralizedCrossEntropy.categoricalGeneralizedCrossEntropy().q(q);
  }

  /** {@linkplain IntersectionOverUnion How little two boxes cover each other}. */
  public static IntersectionOverUnion iou() {
    return IntersectionOverUnion.iou();
  }

  /** {@linkplain GeneralizedIntersectionOverUnion The same}, with a slope for boxes apart. */
  public static GeneralizedIntersectionOverUnion giou() {
    return GeneralizedIntersectionOverUnion.giou();
  }

  /** {@linkplain Dice Dice}: how little a mask covers what is there. */
  public static Dice dice() {
    return Dice.dice();
  }

  /** {@linkplain Tversky Tversky's loss}: the same, false alarms and misses weighed apart. */
  public static Tversky tversky() {
    return Tversky.tversky();
  }

  /** {@linkplain Tversky Tversky's loss} with α for false alarms and β for misses. */
  public static Tversky tversky(double alpha, double beta) {
    return Tversky.tversky().alpha(alpha).beta(beta);
  }

  /** {@linkplain Triplet The triplet loss}: relatives nearer than strangers, by a margin. */
  public static Triplet triplet() {
    return Triplet.triplet();
  }

  /** {@linkplain Triplet The triplet loss} with this margin. */
  public static Triplet triplet(double margin) {
    return Triplet.triplet().margin(margin);
  }

  /** {@linkplain Circle The circle loss}: relatives alike, strangers not, each pair weighed. */
  public static Circle circle() {
    return Circle.circle();
  }

  /** {@linkplain Contrastive The contrastive loss} of distances: same near, different apart. */
  public static Contrastive contrastive() {
    return Contrastive.contrastive();
  }

  /** {@linkplain Contrastive The contrastive loss} with this margin. */
  public static Contrastive contrastive(double margin) {
    return Contrastive.contrastive().margin(margin);
  }

  /** {@linkplain Minimax The adversarial game} as it was first stated. */
  public static AdversarialPair minimax() {
    return Minimax.minimax();
  }

  /** {@linkplain NonSaturating The adversarial game} as it is played. */
  public static AdversarialPair nonSaturating() {
    return NonSaturating.nonSaturating();
  }

  /** {@linkplain Wasserstein The adversarial game} of scores. */
  public static AdversarialPair wasserstein() {
    return Wasserstein.wasserstein();
  }

  /** {@linkplain LeastSquares The adversarial game} of squares. */
  public static AdversarialPair leastSquares() {
    return LeastSquares.leastSquares();
  }

  /** {@linkplain CustomLoss A loss of your own}: {@code loss("cube", (y, p) -> …)}. */
  public static CustomLoss loss(String name, BinaryOperator<Expr> declaration) {
    return CustomLoss.loss(name, declaration);
  }

  /** {@linkplain Expr#where A case distinction} in a loss of your own. */
  public static Expr where(Expr condition, Expr then, Expr otherwise) {
    return Expr.where(condition, then, otherwise);
  }

  /** {@linkplain UncertaintyWeighted Several tasks' losses}, weighed by what is learned of each. */
  public static UncertaintyWeighted uncertaintyWeighted(Loss first, Loss... others) {
    return UncertaintyWeighted.uncertaintyWeighted(first, others);
  }

  /** {@linkplain Regularizer What weights cost}: λ times the sum of their sizes. */
  public static Regularizer l1(double lambda) {
    return Regularizer.l1(lambda);
  }

  /** {@linkplain Regularizer What weights cost}: λ times the sum of their squares. */
  public static Regularizer l2(double lambda) {
    return Regularizer.l2(lambda);
  }

  /** {@linkplain Regularizer Both together}: sizes and squares. */
  public static Regularizer l1l2(double l1, double l2) {
    return Regularizer.l1l2(l1, l2);
  }

  /** {@linkplain ScheduledOrLearned A loss's setting} that the optimizer moves with the weights. */
  public static ScheduledOrLearned learned(double first) {
    return ScheduledOrLearned.learned(first);
  }

  /**
   * {@linkplain ScheduledOrLearned A loss's setting} that is set by the epoch, which counts from 0.
   */
  public static ScheduledOrLearned scheduled(IntToDoubleFunction byEpoch) {
    return ScheduledOrLearned.scheduled(byEpoch);
  }

  /** {@linkplain Chart A figure of your own numbers}: lines, points, bars, gaps. */
  public static Chart chart(String title) {
    return Chart.of(title);
  }

  /** {@linkplain ContourChart A function of two numbers seen from above}, with walks over it. */
  public static ContourChart contour(String title, DoubleBinaryOperator f) {
    return ContourChart.of(title, f);
  }

  /** {@linkplain BarChart Bars over names}: a distribution, or several side by side. */
  public static BarChart bars(String title, String... categories) {
    return BarChart.of(title, categories);
  }

  /**
   * {@linkplain Tree What belongs under what}: {@code tree("a loss").branch("a number", "mse")}.
   */
  public static Tree tree(String name) {
    return Tree.of(name);
  }

  /** Several {@linkplain Loss losses} in one figure: {@code plot(mse(), mae())}. */
  public static Figure plot(Loss first, Loss... others) {
    return Require.given(first, "plot", "losses", "run the cell that makes it first").plot(others);
  }

  // Metrics

  /**
   * {@linkplain Accuracy Accuracy}: the share of right answers, in the sense the shapes call for.
   */
  public static Accuracy accuracy() {
    return Accuracy.accuracy();
  }

  /** {@linkplain BinaryAccuracy Binary accuracy}: yes or no, above one half or below. */
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

  /** {@linkplain TopKCategoricalAccuracy The truth among the first 5} of one-hot rows. */
  public static TopKCategoricalAccuracy topKCategoricalAccuracy() {
    return TopKCategoricalAccuracy.topKCategoricalAccuracy();
  }

  /** {@linkplain TopKCategoricalAccuracy The truth among the first k} of one-hot rows. */
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

  /** {@linkplain Precision Precision}: how much of what is said to be so is so. */
  public static Precision precision() {
    return Precision.precision();
  }

  /** {@linkplain Recall Recall}: how much of what is so is said to be so. */
  public static Recall recall() {
    return Recall.recall();
  }

  /** {@linkplain Specificity Specificity}: how much of what is not so is said not to be so. */
  public static Specificity specificity() {
    return Specificity.specificity();
  }

  /** {@linkplain FBeta F1}: precision and recall as one number. */
  public static FBeta f1() {
    return FBeta.f1();
  }

  /** {@linkplain FBeta The same}, recall counting {@code beta} times as much. */
  public static FBeta fBeta(double beta) {
    return FBeta.fBeta(beta);
  }

  /** {@linkplain ConfusionCount How many} were rightly said to be so. */
  public static ConfusionCount truePositives() {
    return ConfusionCount.truePositives();
  }

  /** {@linkplain ConfusionCount How many} were rightly said not to be so. */
  public static ConfusionCount trueNegatives() {
    return ConfusionCount.trueNegatives();
  }

  /** {@linkplain ConfusionCount How many} false alarms there were. */
  public static ConfusionCount falsePositives() {
    return ConfusionCount.falsePositives();
  }

  /** {@linkplain ConfusionCount How many} were missed. */
  public static ConfusionCount falseNegatives() {
    return ConfusionCount.falseNegatives();
  }

  /** {@linkplain Auc How well scores tell yes from no}, whatever the threshold. */
  public static Auc auc() {
    return Auc.auc();
  }

  /** {@linkplain R2 How much of the truth's spread} is explained. */
  public static R2 r2() {
    return R2.r2();
  }

  // Optimizers

  /** {@linkplain Sgd Gradient descent} by batches, learning rate 0.01; with momentum if asked. */
  public static Sgd sgd() {
    return Sgd.sgd();
  }

  /** {@linkplain Adam Adam}: steps of about the learning rate's size for every weight, 0.001. */
  public static Adam adam() {
    return Adam.adam();
  }

  /** {@linkplain AdamW Adam} with weights that shrink a little in every step, by 0.004. */
  public static AdamW adamw() {
    return AdamW.adamw();
  }

  /** {@linkplain Nadam Adam} with Nesterov's momentum. */
  public static Nadam nadam() {
    return Nadam.nadam();
  }

  /** {@linkplain Adamax Adam} by the greatest gradient in place of the mean square. */
  public static Adamax adamax() {
    return Adamax.adamax();
  }

  /** {@linkplain Adagrad Adagrad}: steps shrink with the gradients that a weight has had. */
  public static Adagrad adagrad() {
    return Adagrad.adagrad();
  }

  /** {@linkplain Adadelta Adadelta}: steps as large as steps have lately been. */
  public static Adadelta adadelta() {
    return Adadelta.adadelta();
  }

  /** {@linkplain RmsProp RMSprop}: the gradient by the root of its mean square. */
  public static RmsProp rmsprop() {
    return RmsProp.rmsprop();
  }

  /** {@linkplain Lion Lion}: steps of exactly the learning rate, only the sign counts. */
  public static Lion lion() {
    return Lion.lion();
  }

  /** {@linkplain Descent The way} that optimizers take down a formula of one variable. */
  public static Descent descend(UnaryOperator<Expr> f, double start, Optimizer... optimizers) {
    return Descent.descend(f, start, optimizers);
  }

  /** {@linkplain Descent The way} that optimizers take down a formula of two variables. */
  public static Descent descend(BinaryOperator<Expr> f, double[] start, Optimizer... optimizers) {
    return Descent.descend(f, start, optimizers);
  }

  // Learning rate schedules

  /** {@linkplain CosineDecay A learning rate} that falls along half a cosine. */
  public static CosineDecay cosineDecay(double initialLearningRate, int decaySteps) {
    return new CosineDecay(initialLearningRate, decaySteps, 0);
  }

  /** {@linkplain CosineDecayRestarts Half a cosine}, up again, and so on in ever longer rounds. */
  public static CosineDecayRestarts cosineDecayRestarts(
      double initialLearningRate, int firstDecaySteps) {
    return CosineDecayRestarts.of(initialLearningRate, firstDecaySteps);
  }

  /** {@linkplain ExponentialDecay A learning rate} times one factor in every so many steps. */
  public static ExponentialDecay exponentialDecay(
      double initialLearningRate, int decaySteps, double decayRate) {
    return new ExponentialDecay(initialLearningRate, decaySteps, decayRate, false);
  }

  /** {@linkplain StepDecay A learning rate} that is multiplied by a factor every so many steps. */
  public static StepDecay stepDecay(double initialLearningRate, int steps, double factor) {
    return new StepDecay(initialLearningRate, steps, factor);
  }

  /** {@linkplain PolynomialDecay A learning rate} that falls to 0.0001 along a line or a curve. */
  public static PolynomialDecay polynomialDecay(double initialLearningRate, int decaySteps) {
    return PolynomialDecay.of(initialLearningRate, decaySteps);
  }

  /** {@linkplain InverseTimeDecay A learning rate} divided by one plus the time. */
  public static InverseTimeDecay inverseTimeDecay(
      double initialLearningRate, int decaySteps, double decayRate) {
    return new InverseTimeDecay(initialLearningRate, decaySteps, decayRate, false);
  }

  /** {@linkplain PiecewiseConstantDecay Rates} of which each one stays up to its last step. */
  public static PiecewiseConstantDecay piecewiseConstantDecay(int[] lastSteps, double... rates) {
    return PiecewiseConstantDecay.of(lastSteps, rates);
  }

  // Models

  /** {@linkplain Sequential Layers one after the other}; {@code compile} makes a model of them. */
  public static Sequential sequential(Layer... layers) {
    return Sequential.sequential(layers);
  }

  /** {@linkplain Sequential The same} of a list, such as a loop has made. */
  public static Sequential sequential(List<? extends Layer> layers) {
    return Sequential.sequential(layers);
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

  /** {@linkplain Functional A network from one value to another}, with branches between them. */
  public static Functional model(Node input, Node output) {
    return Functional.model(input, output);
  }

  /** {@linkplain Functional A network of several inputs}. */
  public static Functional model(List<? extends Node> inputs, Node output) {
    return Functional.model(inputs, output);
  }

  /** {@linkplain Functional A network of several outputs}. */
  public static Functional model(Node input, List<? extends Node> outputs) {
    return Functional.model(input, outputs);
  }

  /** {@linkplain Functional A network of several inputs and outputs}. */
  public static Functional model(List<? extends Node> inputs, List<? extends Node> outputs) {
    return Functional.model(inputs, outputs);
  }

  /** {@linkplain FitOptions How to train}: so many times over all samples. */
  public static FitOptions epochs(int epochs) {
    return FitOptions.epochs(epochs);
  }

  /** {@linkplain EvaluateOptions How evaluate judges}: so many samples at a time. */
  public static EvaluateOptions batchSize(int size) {
    return EvaluateOptions.ofBatchSize(size);
  }

  /** {@linkplain EvaluateOptions How evaluate judges}: each sample by its weight. */
  public static EvaluateOptions sampleWeight(Object weights) {
    return EvaluateOptions.ofSampleWeight(weights);
  }

  // Callbacks

  /** {@linkplain EarlyStopping Ends a run} when a figure has stopped getting better. */
  public static EarlyStopping earlyStopping() {
    return EarlyStopping.earlyStopping();
  }

  /** {@linkplain ReduceLrOnPlateau Smaller steps} when a figure has stopped getting better. */
  public static ReduceLrOnPlateau reduceLrOnPlateau() {
    return ReduceLrOnPlateau.reduceLrOnPlateau();
  }

  /** {@linkplain LearningRateScheduler The learning rate} of each epoch, counted from 0. */
  public static LearningRateScheduler learningRateScheduler(IntToDoubleFunction schedule) {
    return LearningRateScheduler.learningRateScheduler(schedule);
  }

  /** {@linkplain LearningRateScheduler The same} from the epoch and the rate before it. */
  public static LearningRateScheduler learningRateScheduler(LearningRateScheduler.Rule schedule) {
    return LearningRateScheduler.learningRateScheduler(schedule);
  }

  /** {@linkplain Checkpoint A file} of the model after each epoch, or after the best. */
  public static Checkpoint checkpoint(String path) {
    return Checkpoint.checkpoint(path);
  }

  /** {@linkplain Checkpoint The same} with a {@code Path}. */
  public static Checkpoint checkpoint(Path path) {
    return Checkpoint.checkpoint(path);
  }

  /** {@linkplain CsvLog A file} with a line for each epoch. */
  public static CsvLog csvLog(String path) {
    return CsvLog.csvLog(path);
  }

  /** {@linkplain CsvLog The same} with a {@code Path}. */
  public static CsvLog csvLog(Path path) {
    return CsvLog.csvLog(path);
  }

  /** {@linkplain LambdaCallback A function of your own}, told before each epoch. */
  public static Callback onEpochBegin(Consumer<Run> listener) {
    return LambdaCallback.onEpochBegin(listener);
  }

  /** {@linkplain LambdaCallback A function of your own}, told after each epoch. */
  public static Callback onEpochEnd(Consumer<Run> listener) {
    return LambdaCallback.onEpochEnd(listener);
  }

  /** {@linkplain LambdaCallback A function of your own}, told after each batch. */
  public static Callback onBatchEnd(Consumer<Run> listener) {
    return LambdaCallback.onBatchEnd(listener);
  }

  // Search

  /** {@linkplain Space Settings} to search among: one, and the values that it may have. */
  public static Space space(String name, Object... values) {
    return Space.space(name, values);
  }

  /** {@linkplain Space The same} with any number of an interval. */
  public static Space space(String name, Interval interval) {
    return Space.space(name, interval);
  }

  /** {@linkplain Interval The numbers} from one to another, each as likely. */
  public static Interval uniform(double from, double to) {
    return Interval.uniform(from, to);
  }

  /** {@linkplain Interval The numbers} from one to another, each power of ten as likely. */
  public static Interval logUniform(double from, double to) {
    return Interval.logUniform(from, to);
  }

  /** {@linkplain Search A search} for good settings: a model for each candidate, the best kept. */
  public static Search search(Space space, Function<Candidate, Model> builder) {
    return Search.search(space, builder);
  }

  /** {@linkplain Backprop Each layer's values and gradients}, the chain rule with its numbers. */
  public static Backprop backprop(Model model, Object x, Object y) {
    return Backprop.backprop(model, x, y);
  }

  /** {@linkplain GradientCheck Backpropagation beside finite differences}, weight by weight. */
  public static GradientCheck gradientCheck(Model model, Object x, Object y) {
    return GradientCheck.gradientCheck(model, x, y);
  }

  /**
   * {@linkplain Landscape The loss around a model's weights}: {@code .plot()}, {@code .surface()}.
   */
  public static Landscape landscape(Model model, Dataset data) {
    return Landscape.landscape(model, data);
  }

  /**
   * {@linkplain Pictures#confusionMatrix(Model, Dataset) How often} a model takes each class for
   * which.
   */
  public static Figure confusionMatrix(Model model, Dataset data) {
    return Pictures.confusionMatrix(model, data);
  }

  /** {@linkplain Pictures#confusionMatrix(Object, Object) The same} of labels by hand. */
  public static Figure confusionMatrix(Object y, Object yHat) {
    return Pictures.confusionMatrix(y, yHat);
  }

  /** {@linkplain Pictures#normalizedConfusionMatrix The same} in percent of each true class. */
  public static Figure normalizedConfusionMatrix(Model model, Dataset data) {
    return Pictures.normalizedConfusionMatrix(model, data);
  }

  /** {@linkplain Report How a model does}: a table for each class, or of errors. */
  public static Report report(Model model, Dataset data) {
    return Report.report(model, data);
  }

  /** {@linkplain Rankings#rocCurve(Model, Dataset) True positives over false positives}. */
  public static Figure rocCurve(Model model, Dataset data) {
    return Rankings.rocCurve(model, data);
  }

  /** {@linkplain Rankings#rocCurve(Object, Object) The same} of scores by hand. */
  public static Figure rocCurve(Object y, Object scores) {
    return Rankings.rocCurve(y, scores);
  }

  /** {@linkplain Rankings#precisionRecallCurve(Model, Dataset) Precision over recall}. */
  public static Figure precisionRecallCurve(Model model, Dataset data) {
    return Rankings.precisionRecallCurve(model, data);
  }

  /** {@linkplain Rankings#precisionRecallCurve(Object, Object) The same} of scores by hand. */
  public static Figure precisionRecallCurve(Object y, Object scores) {
    return Rankings.precisionRecallCurve(y, scores);
  }

  /** {@linkplain Pictures#images(Dataset, int) The first images} of a dataset. */
  public static Figure images(Dataset data, int count) {
    return Pictures.images(data, count);
  }

  /** {@linkplain Pictures#images(Dataset, int, Model) The same}, a model's mistakes marked. */
  public static Figure images(Dataset data, int count, Model model) {
    return Pictures.images(data, count, model);
  }

  /** {@linkplain Pictures#worst The images} that a model is most wrong about. */
  public static Figure worst(Dataset data, int count, Model model) {
    return Pictures.worst(data, count, model);
  }

  /** {@linkplain Pixels A matrix} or an image as grey cells with numbers. */
  public static Pixels pixels(String title, Object numbers) {
    return Pictures.pixels(title, numbers);
  }
}
