/**
 * Learning rate schedules, one a file. A new one is a file here, a line in {@code ScheduleRegistry}
 * and a factory in {@code Lossbook}.
 */
package org.lossbook.optimizer.schedule;
