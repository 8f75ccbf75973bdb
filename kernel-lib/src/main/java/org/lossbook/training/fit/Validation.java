package org.lossbook.training.fit;

import java.util.Optional;
import org.lossbook.data.Dataset;

/**
 * Samples that a run of fit does not train on.
 *
 * @param weights one for each of them
 */
public record Validation(Dataset data, Optional<float[]> weights) {}
