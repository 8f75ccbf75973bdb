package org.lossbook.data.picture;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lossbook.base.Messages;
import org.lossbook.config.Refined;
import org.lossbook.data.DataException;
import org.lossbook.data.Dataset;
import org.lossbook.data.FilePath;
import org.lossbook.data.LazyDataset;
import org.lossbook.data.view.Descriptions;
import org.lossbook.engine.Memory;

/**
 * A dataset of image files in folders, one folder per class: {@code pets/cat/1.jpg}, {@code
 * pets/dog/2.png}, … The names of the folders, in alphabetical order, are the classes; images in
 * nested folders count too. The files are read when first used, and stored as bytes.
 *
 * <pre>{@code
 * var pets = imageFolder("pets").fitted(64, 64).split(0.8, 42);
 * images(pets.train(), 12)
 * model.fit(pets.train(), epochs(10).validation(pets.test()));
 * }</pre>
 *
 * <p>With {@link #masks} the images lie in one folder and their masks in another, and the targets
 * are a label for each pixel.
 *
 * <p>Hidden folders and files, such as Jupyter's {@code .ipynb_checkpoints}, are ignored. A format
 * that Java cannot read, such as WebP, is an error, unless {@link #skipBroken} skips it.
 *
 * <p>All images must have one size: use {@link #fitted} or {@link #resized} unless the files do.
 * They are greyscale if all files are, else in colour, unless {@link #grey} or {@link #colour} is
 * called.
 */
public final class ImageFolder extends LazyDataset {
  private static final int DARK = 0x4040; // below this, fewer than 64 of 256 levels are left

  private final Settings settings;

  /** The settings of one specification; never changed once it has them. */
  private static final class Settings extends Refined<Settings> {
    String path = "";
    int height; // 0 if every picture keeps its own size
    int width;
    boolean stretched;
    int channels; // 0 if the pictures decide
    List<String> classes = List.of();
    boolean contrasted;
    boolean skipsBroken;
    String masks = ""; // the folder of masks; empty if folders are classes
    int[] maskValues = {};

    Settings changed(Consumer<Settings> change) {
      return with(change);
    }
  }

  private ImageFolder(Settings settings) {
    this.settings = settings;
  }

  /**
   * A dataset of the images in the subfolders of this folder, given as an absolute path or relative
   * to the working directory.
   */
  public static ImageFolder of(String path) {
    FolderFiles.check(path);
    var settings = new Settings();
    settings.path = path;
    return new ImageFolder(settings);
  }

  /** A dataset of the images in the subfolders of this folder. */
  public static ImageFolder of(Path path) {
    return of(FilePath.text("imageFolder", path));
  }

  private ImageFolder with(Consumer<Settings> change) {
    return new ImageFolder(settings.changed(change));
  }

  /** Fits each image into this size, keeping its proportions: {@link Picture#fitted}. */
  public ImageFolder fitted(int height, int width) {
    return sized("fitted", height, width, false);
  }

  /** Resizes each image to this size: {@link Picture#resized}. */
  public ImageFolder resized(int height, int width) {
    return sized("resized", height, width, true);
  }

  /**
   * Makes targets of masks, for segmentation: the image {@code photos/a/1.jpg} has its mask in
   * {@code masks/a/1.png}, of the same size. A pixel of a mask holds the label of that pixel, 0, 1,
   * 2, …, as its grey level or as its place in a palette; 255 is for pixels that do not count,
   * which {@code sparseCategoricalCrossentropy().ignore(255)} leaves out. Targets are {@code
   * [height, width]}.
   *
   * <p>Where images are resized, a mask takes the nearest pixel's label; around an image that
   * {@link #fitted} fits in, the label is 0.
   *
   * <pre>{@code
   * var scenes = imageFolder("photos").masks("masks").classes("ground", "road").fitted(128, 128);
   * images(scenes, 6)
   * }</pre>
   *
   * @param path the folder of masks, absolute or relative to the working directory
   */
  public ImageFolder masks(String path) {
    FolderFiles.check(path);
    return with(s -> s.masks = path);
  }

  /** Makes targets of the masks in this folder: {@link #masks(String)}. */
  public ImageFolder masks(Path path) {
    return masks(FilePath.text("masks", path));
  }

  /**
   * The values of a mask's pixels that stand for the labels 0, 1, 2, …: {@code maskValues(0, 255)}
   * for black and white, {@code maskValues(0x000000, 0x800000)} for colours.
   */
  public ImageFolder maskValues(int... values) {
    boolean areGiven = values != null && values.length > 0 && values.length < 256;
    if (!areGiven || IntStream.of(values).distinct().count() < values.length) {
      throw Messages.wrong(
          "maskValues expects 1 to 255 different values of pixels but receives %s: black and white are maskValues(0, 255).",
          Arrays.toString(values));
    }
    int[] own = values.clone();
    return with(s -> s.maskValues = own);
  }

  private ImageFolder sized(String who, int height, int width, boolean stretched) {
    Picture.checkSize(who, height, width);
    return with(
        s -> {
          s.height = height;
          s.width = width;
          s.stretched = stretched;
        });
  }

  /** Converts to greyscale: one channel. */
  public ImageFolder grey() {
    return with(s -> s.channels = 1);
  }

  /** Converts to colour: three channels, red, green and blue. */
  public ImageFolder colour() {
    return with(s -> s.channels = 3);
  }

  /**
   * Reads only these folders, in this order: for test data that lacks a class, or to leave one out.
   * A folder may be missing. With {@link #masks}, these are the names of the labels 0, 1, 2, ….
   */
  public ImageFolder classes(String... names) {
    if (names == null || names.length == 0 || Arrays.asList(names).contains(null)) {
      throw Messages.wrong(
          "classes expects names of folders but receives %s: name at least one.",
          names == null || names.length > 0 ? "null" : "none");
    }
    return with(s -> s.classes = List.of(names));
  }

  /**
   * Stretches each image to {@linkplain Picture#contrasted full contrast}: for 16-bit files, which
   * may use few of their 65,536 levels.
   */
  public ImageFolder contrasted() {
    return with(s -> s.contrasted = true);
  }

  /** Skips files that cannot be read or are not images, instead of failing. */
  public ImageFolder skipBroken() {
    return with(s -> s.skipsBroken = true);
  }

  /**
   * Reads the images.
   *
   * @throws DataException if there is no such folder, no image in it, a broken one, or one of
   *     another size than the first
   */
  @Override
  protected Dataset load() {
    FolderFiles files =
        settings.masks.isEmpty()
            ? FolderFiles.of(settings.path, settings.classes)
            : FolderFiles.pairs(settings.path, settings.masks, settings.skipsBroken);
    Picture[] pictures = new Picture[files.paths().size()];
    LabelMask[] masks = new LabelMask[files.masks().size()];
    int[] labels = new int[pictures.length];
    int count = 0;
    for (int i = 0; i < pictures.length; i++) {
      if (Thread.currentThread().isInterrupted()) {
        throw new DataException.Interrupted(
            Messages.of(
                "imageFolder was interrupted after %s of %s pictures: nothing is kept, run the cell again.",
                Descriptions.count(i), Descriptions.count(pictures.length)));
      }
      try {
        Picture whole = PictureFile.read("imageFolder", files.paths().get(i));
        if (masks.length > 0) {
          masks[count] = mask(files.masks().get(i), whole);
        }
        pictures[count] = fit(whole, files.paths().get(i));
        labels[count] = files.labels().get(i);
      } catch (DataException e) {
        if (!settings.skipsBroken) {
          throw e;
        }
        continue;
      }
      if (count == 0) {
        room(pictures.length, pictures[0], pictures[0].channels() + (masks.length > 0 ? 1 : 0));
      }
      refuseOtherSize(pictures[0], pictures[count]);
      count++;
    }
    if (count == 0) {
      throw new DataException(
          Messages.of(
              "imageFolder expects pictures in %s but all %s are broken: open one elsewhere and look.",
              settings.path, Descriptions.count(pictures.length)));
    }
    ImageDataset images =
        images(Arrays.copyOf(pictures, count), Arrays.copyOf(labels, count), files);
    return masks.length == 0
        ? images
        : MaskedImages.of(images, settings.classes, Arrays.copyOf(masks, count));
  }

  private LabelMask mask(String path, Picture image) {
    LabelMask mask = PictureFile.mask("imageFolder", path, settings.maskValues).over(image, path);
    if (settings.height == 0) {
      return mask;
    }
    return settings.stretched
        ? mask.resized(settings.height, settings.width)
        : mask.fitted(settings.height, settings.width);
  }

  private Picture fit(Picture whole, String path) {
    Picture picture = whole;
    if (settings.contrasted) {
      picture = picture.contrasted();
    } else if (picture.samples().is16Bit() && picture.samples().max() < DARK) {
      throw new DataException(
          Messages.of(
              "imageFolder keeps 256 levels of brightness but %s, of 16 bits, goes no higher than %s of 65,535: stretch its range with .contrasted().",
              path, Descriptions.count(picture.samples().max())));
    }
    if (settings.height > 0) {
      picture =
          settings.stretched
              ? picture.resized(settings.height, settings.width)
              : picture.fitted(settings.height, settings.width);
    }
    picture = settings.channels == 1 ? picture.grey() : picture;
    return new Picture(
        picture.pixels(), picture.height(), picture.width(), picture.channels(), path);
  }

  /** Checks that there is memory for the images, and for the array that they are copied to. */
  private void room(int count, Picture first, int channels) {
    long bytes = Memory.product(2, count, first.height(), first.width(), channels);
    try {
      Memory.heap(
          Messages.of(
              "imageFolder(\"%s\"), %s pictures of %d×%d,",
              settings.path, Descriptions.count(count), first.height(), first.width()),
          bytes,
          "make them smaller with .fitted(…)");
    } catch (IllegalArgumentException e) {
      throw new DataException(e.getMessage(), e);
    }
  }

  private static void refuseOtherSize(Picture first, Picture other) {
    if (other.height() != first.height() || other.width() != first.width()) {
      throw new DataException(
          Messages.of(
              "imageFolder expects pictures of one size, %d×%d like the first, but receives %s: resize them with .fitted(%d, %d).",
              first.height(), first.width(), other, first.height(), first.width()));
    }
  }

  private ImageDataset images(Picture[] pictures, int[] labels, FolderFiles files) {
    Picture first = pictures[0];
    int channels =
        settings.channels > 0
            ? settings.channels
            : Arrays.stream(pictures).mapToInt(Picture::channels).max().orElse(1);
    long stride = Memory.product(first.height(), first.width(), channels);
    if (Memory.product(stride, pictures.length) > Integer.MAX_VALUE - 8) {
      throw new DataException(
          Messages.of(
              "imageFolder expects pictures of at most 2 GB in all but %s of %d×%d are more: make them smaller with .fitted(…).",
              Descriptions.count(pictures.length), first.height(), first.width()));
    }
    room(pictures.length, first, channels);
    byte[] all = new byte[(int) stride * pictures.length];
    for (int i = 0; i < pictures.length; i++) {
      Picture picture = channels == 3 ? pictures[i].colour() : pictures[i];
      System.arraycopy(picture.pixels(), 0, all, i * (int) stride, (int) stride);
    }
    return new ImageDataset(all, labels, first.height(), first.width(), channels, files.classes());
  }

  /** {@code pets: 2,000 images 64×64×3, 2 classes: cat 1,000, dog 1,000}. */
  @Override
  public String toString() {
    if (!settings.masks.isEmpty()) {
      return Messages.of(
          "%s with masks in %s: %s", settings.path, settings.masks, Descriptions.dataset(this));
    }
    float[] labels = y().toArray();
    String counts =
        IntStream.range(0, Math.min(12, classNames().size()))
            .mapToObj(
                k ->
                    classNames().get(k)
                        + " "
                        + Descriptions.count(
                            IntStream.range(0, labels.length).filter(i -> labels[i] == k).count()))
            .collect(Collectors.joining(", "));
    return Messages.of(
        "%s: %s: %s%s",
        settings.path, Descriptions.dataset(this), counts, classNames().size() > 12 ? ", …" : "");
  }
}
