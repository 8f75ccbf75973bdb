/**
 * Time series: numbers in their order ({@link TimeSeries}), windows of them as samples ({@link
 * Windows}), split in time alone ({@link SeriesSplit}), and the simple forecasts that a model has
 * to beat ({@link Forecasts}).
 */
package org.lossbook.data.series;
