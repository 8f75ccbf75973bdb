package org.lossbook.kernel;

import com.google.gson.annotations.SerializedName;
import io.github.spencerpark.jupyter.kernel.LanguageInfo;
import io.github.spencerpark.jupyter.messages.Header;
import io.github.spencerpark.jupyter.messages.reply.KernelInfoReply;
import java.util.List;

/** The kernel info reply, with the status that the protocol requires. */
final class KernelInfo extends KernelInfoReply {
  private static final String HOME = "https://github.com/lossbook/lossbook";

  @SuppressWarnings("unused") // read by the JSON writer
  private final String status = "ok";

  @SuppressWarnings("unused")
  private final boolean debugger = false;

  @SuppressWarnings("unused")
  @SerializedName("supported_features")
  private final List<String> features = List.of();

  KernelInfo(LanguageInfo language, String banner) {
    super(Header.PROTOCOL_VERISON, "lossbook", version(), language, banner, help());
  }

  /** What the Help menu offers. */
  private static List<LanguageInfo.Help> help() {
    int java = Runtime.version().feature();
    return List.of(
        new LanguageInfo.Help("Lossbook", HOME),
        new LanguageInfo.Help("Lossbook's course", HOME + "/blob/main/notebooks/README.md"),
        new LanguageInfo.Help("Magics of this kernel", HOME + "#magics"),
        new LanguageInfo.Help(
            "Java " + java + " API",
            "https://docs.oracle.com/en/java/javase/" + java + "/docs/api/index.html"),
        new LanguageInfo.Help("Keras 3 API", "https://keras.io/api/"));
  }

  private static String version() {
    String version = KernelInfo.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
