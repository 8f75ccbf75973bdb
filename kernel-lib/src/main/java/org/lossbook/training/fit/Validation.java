package org.lossbook.training.fit;

import java.util.Optional;
import org.lossbook.data.Dataset;

/**
 * The validation data of a run of fit.
 *
 * @param weights one per sample, if any
 */
public record Validation(Dataset data, Optional<float[]> weights) {}
